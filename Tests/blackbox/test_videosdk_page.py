"""`videosdk`: the vendor's page from top to bottom, on the vendor's own hosts, letter by letter."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import Machine
from harness.desk import Desk
from harness.server import Account
from harness.surroundings import PROJECT
from harness.videosdk import (
    API, DASHBOARD, RULE, call, content_of, decide, file_of, link_on, me, new_token, new_world, write_file,
)
from harness.world import VendorWorld

from demonstration.server import PROGRAMS

# The vendor's page, lines 26 to 36 and 62 to 66; the request's id is another each time.
LOGIN = """
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Authentication
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

ℹ Initiating browser authentication...
✓ Opened authentication URL in browser
https://app.videosdk.live/cli/confirm-auth?requestId=abc123xyz

⠋ Waiting for authentication...

✓ Successfully authenticated!"""
LOGOUT = """
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Logout
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

✓ Successfully logged out"""
EXAMPLE_LINK = f"{DASHBOARD}/cli/confirm-auth?requestId=abc123xyz"
WHOAMI = f"\n{RULE}\nCurrent User\n{RULE}\n\n  Name: {{}}\n  Email: {{}}\n  Tier: {{}}"
NOT_LOGGED_IN = "Error: Not logged in. Run `videosdk auth login`.\n"

AGENT = """#!/bin/sh
printf '%s\\n' "$*" "$VIDEOSDK_AUTH_TOKEN" "$VIDEOSDK_API_URL"
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendorWorld]:
    """The vendor's hosts, led to a server of ours, with Ada's account."""
    one = new_world(tmp_path_factory.mktemp("world"))
    yield one
    one.close()


@pytest.fixture
def machine(world: VendorWorld, tmp_path: Path) -> Machine:
    """A machine of the test's own in the world."""
    return world.new_machine(tmp_path / "home")


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """Ada's account."""
    return world.ada


def add_program(machine: Machine, name: str, text: str) -> None:
    """A program on the machine's PATH."""
    folder = machine.home / "bin"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    machine.environment["PATH"] = f"{folder}:{machine.environment['PATH']}"


def test_the_page_from_top_to_bottom(world: VendorWorld, machine: Machine, ada: Account, tmp_path: Path) -> None:
    add_program(machine, "videosdk-agent", AGENT)
    browser = world.browser()

    # Before deploying agents, you need to authenticate.
    ended = machine.run("videosdk", "agent", "deploy")
    assert (ended.code, ended.output, ended.errors) == (4, "", NOT_LOGGED_IN)

    # The default browser opens the authentication page, where the person logs in and confirms.
    desk = Desk(tmp_path / "desk", machine)
    screen = world.terminal("videosdk", "auth", "login", machine=machine, columns=140, **desk.environment)
    link = desk.wait_for_address()
    assert link_on(screen) == link
    browser.open(link)
    assert browser.address.startswith(f"{DASHBOARD}/sign-in") and "VideoSDK" in browser.text
    browser.sign_in(ada)
    assert browser.address == link
    assert browser.heading == "VideoSDK CLI wants to access your account"
    assert socket.gethostname() in browser.text
    assert "Deploy and manage your agents on Agent Cloud" in browser.text and "ada@example.org" in browser.text
    world.server.restart()
    browser.approve()
    browser.wait_for("You’re signed in")
    ended = screen.end()
    assert ended.code == 0
    assert ended.output == LOGIN.replace(EXAMPLE_LINK, link)
    assert screen.shows_cursor and screen.left_echo
    assert browser.complaints == []

    # The token is securely stored locally.
    content = content_of(machine)
    assert set(content) == {"VIDEOSDK_AUTH_TOKEN", "origin"}
    assert machine.mode(file_of(machine)) == "0600" and machine.mode(file_of(machine).parent) == "0700"

    # And used for all further commands: page, command and API name the same person.
    token = content["VIDEOSDK_AUTH_TOKEN"]
    ended = machine.run("videosdk", "auth", "whoami")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == WHOAMI.format("ada", "ada@example.org", "Pro") + "\n"
    reply = me(world, token)
    assert (reply.status_code, reply.json()) == (200, {"name": "ada", "email": "ada@example.org", "tier": "Pro"})
    ended = machine.run("videosdk", "agent", "deploy", "--region", "us002")
    assert ended.output.splitlines() == ["deploy --region us002", token, API]

    # Logging out removes the token here and ends the session there, and nothing else.
    other = new_token(world, world.visitor(), ada)
    screen = world.terminal("videosdk", "auth", "logout", machine=machine)
    ended = screen.end()
    assert (ended.code, ended.output) == (0, LOGOUT)
    assert content_of(machine)["VIDEOSDK_AUTH_TOKEN"] is None
    assert me(world, token).status_code == 401
    assert me(world, other).status_code == 200

    # After logging out, a login is needed again before authenticated commands.
    ended = machine.run("videosdk", "agent", "deploy")
    assert (ended.code, ended.errors) == (4, NOT_LOGGED_IN)
    ended = machine.run("videosdk", "auth", "whoami")
    assert (ended.code, ended.errors) == (4, NOT_LOGGED_IN)


def test_without_a_browser_the_url_is_there_to_copy(world: VendorWorld, machine: Machine, ada: Account) -> None:
    screen = world.terminal("videosdk", "auth", "login", machine=machine, columns=140)
    link = link_on(screen)
    decide(world.visitor(), link, ada)
    ended = screen.end()
    assert ended.code == 0
    expected = LOGIN.replace(EXAMPLE_LINK, link).replace(
        "✓ Opened authentication URL in browser", "ℹ Open this URL in your browser to authenticate:")
    assert ended.output == expected


def test_a_browser_that_does_not_open_is_not_said_to_have_opened(
    world: VendorWorld, machine: Machine, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "desk", machine)
    desk.break_browser()
    screen = world.terminal("videosdk", "auth", "login", machine=machine, columns=140, **desk.environment)
    link_on(screen)
    assert "Opened authentication URL" not in screen.screen
    screen.press("ctrl+c")
    assert screen.end().code == 130


def test_without_a_terminal_the_screen_is_plain(world: VendorWorld, machine: Machine, ada: Account) -> None:
    login = machine.start("videosdk", "auth", "login")
    link = link_on(login)
    decide(world.visitor(), link, ada)
    ended = login.end()
    assert ended.code == 0
    expected = LOGIN.replace(EXAMPLE_LINK, link).replace("⠋ ", "").replace(
        "✓ Opened authentication URL in browser", "ℹ Open this URL in your browser to authenticate:")
    assert ended.output == expected + "\n"


def test_ctrl_c_cancels_and_leaves_the_stored_token(world: VendorWorld, machine: Machine) -> None:
    before = write_file(machine, {"VIDEOSDK_AUTH_TOKEN": "stored.before.this", "username": "ada"}).read_bytes()
    screen = world.terminal("videosdk", "auth", "login", machine=machine, columns=140)
    link = link_on(screen)
    screen.wait_for("Waiting for authentication...")
    screen.press("ctrl+c")
    ended = screen.end()
    assert ended.code == 130
    expected = LOGIN.replace(EXAMPLE_LINK, link).replace(
        "✓ Opened authentication URL in browser", "ℹ Open this URL in your browser to authenticate:")
    assert ended.output == expected.replace("✓ Successfully authenticated!", "Authentication cancelled by user")
    assert screen.shows_cursor and screen.left_echo
    assert file_of(machine).read_bytes() == before


def test_a_denial_in_the_browser_is_said(world: VendorWorld, machine: Machine, ada: Account) -> None:
    login = machine.start("videosdk", "auth", "login")
    page = decide(world.visitor(), link_on(login), ada, "Deny")
    assert "Request denied" in page.text
    ended = login.end()
    assert ended.code == 5
    assert ended.output.endswith("Error: Authentication was denied in the browser. Nothing was stored.\n")
    assert not file_of(machine).exists() or content_of(machine).get("VIDEOSDK_AUTH_TOKEN") is None


def test_a_request_that_nobody_confirms_expires(tmp_path: Path) -> None:
    world = new_world(tmp_path / "short", request_life=2)
    try:
        screen = world.terminal("videosdk", "auth", "login", columns=140)
        link = link_on(screen)
        ended = screen.end()
        assert ended.code == 1
        assert ended.output.splitlines()[-1] == (
            "Error: Authentication link expired. Please run `videosdk auth login` again.")
        page = world.visitor().open(link)
        assert page.form_with_button("Sign in")
    finally:
        world.close()


def test_a_new_login_ends_the_token_of_the_one_before(world: VendorWorld, machine: Machine, ada: Account) -> None:
    first = new_token(world, world.visitor(), ada)
    write_file(machine, {"VIDEOSDK_AUTH_TOKEN": first, "origin": "login"})
    login = machine.start("videosdk", "auth", "login")
    decide(world.visitor(), link_on(login), ada)
    assert login.end().code == 0
    second = content_of(machine)["VIDEOSDK_AUTH_TOKEN"]
    assert [me(world, token).status_code for token in (first, second)] == [401, 200]


def test_the_link_alone_fetches_no_token(world: VendorWorld, machine: Machine, ada: Account) -> None:
    login = machine.start("videosdk", "auth", "login")
    link = link_on(login)
    path = "/v2/cli/request/status?requestId=" + link.partition("requestId=")[2]
    assert call(world, "GET", path).status_code == 404
    decide(world.visitor(), link, ada)
    for method, headers in (("GET", {}), ("GET", {"Code-Verifier": "x" * 43}), ("HEAD", {})):
        reply = call(world, method, path, headers=headers)
        assert reply.status_code == (200 if method == "HEAD" else 404)
        assert "token" not in reply.text
    assert login.end().code == 0
    assert me(world, content_of(machine)["VIDEOSDK_AUTH_TOKEN"]).status_code == 200


def test_logout_where_nobody_is_logged_in_is_no_error(machine: Machine) -> None:
    ended = machine.run("videosdk", "auth", "logout")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == LOGOUT.replace("✓ Successfully logged out", "ℹ You were not logged in.") + "\n"


def test_json_is_json_and_nothing_else(world: VendorWorld, machine: Machine, ada: Account) -> None:
    ended = machine.run("videosdk", "auth", "whoami", "--json")
    assert (ended.code, ended.output) == (4, "")
    assert json.loads(ended.errors)["error"]["code"] == "not_signed_in"
    token = new_token(world, world.visitor(), ada)
    write_file(machine, {"VIDEOSDK_AUTH_TOKEN": token, "origin": "login"})
    ended = machine.run("videosdk", "auth", "whoami", "--json")
    assert (ended.code, ended.errors) == (0, "")
    report = json.loads(ended.output)
    assert {name: report[name] for name in ("name", "email", "tier")} == {
        "name": "ada", "email": "ada@example.org", "tier": "Pro"}
    assert report["token"]["verified"] is True and token not in ended.output
    ended = machine.run("videosdk", "auth", "logout", "--json")
    assert (ended.code, ended.errors) == (0, "")
    assert json.loads(ended.output)["server"] == "ended"


def test_unknown_commands_are_told_from_mistyped_ones(world: VendorWorld, machine: Machine) -> None:
    ended = machine.run("videosdk", "auth", "logn")
    assert ended.code == 2 and "Did you mean 'login'?" in ended.errors
    ended = machine.run("videosdk", "auht", "login")
    assert ended.code == 2 and "Did you mean 'auth'?" in ended.errors
    write_file(machine, {"VIDEOSDK_AUTH_TOKEN": "a.b.c"})
    ended = machine.run("videosdk", "template", "list")
    assert ended.code == 2 and "videosdk-template" in ended.errors


def test_the_program_says_that_it_is_not_the_vendors(machine: Machine) -> None:
    for arguments in (["--version"], ["--help"]):
        ended = machine.run("videosdk", *arguments)
        assert ended.code == 0 and "unofficial, compatible with VideoSDK" in ended.output
    ended = machine.run("videosdk", "auth", "--help")
    assert all(f"videosdk auth {verb}" in ended.output for verb in ("login", "logout", "whoami"))
    for verb in ("login", "logout", "whoami"):
        assert f"USAGE: videosdk auth {verb} [--json]" in machine.run("videosdk", "auth", verb, "--help").output


def test_manual_and_completions_know_the_commands(machine: Machine) -> None:
    ended = machine.run("videosdk", "help-man")
    assert ended.code == 0 and '.TH "VIDEOSDK" 1' in ended.output
    assert all(f'.SS "videosdk auth {verb}"' in ended.output for verb in ("login", "logout", "whoami"))
    for shell in ("bash", "zsh", "fish"):
        ended = machine.run("videosdk", "completion", shell)
        assert ended.code == 0
        assert all(word in ended.output for word in ("auth", "login", "logout", "whoami"))


def test_the_demonstration_plays_the_page(machine: Machine, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    result = subprocess.run(
        [sys.executable, str(PROJECT / "Scripts/demo")],
        env={
            "PATH": os.environ["PATH"], "HOME": str(machine.home), "TMPDIR": str(place), "PRODUCT": "videosdk",
            "DEMO": "auto", "KEYFOB_PROGRAMS": str(PROGRAMS),
        },
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    for shown in ("✓ Successfully authenticated!", "  Tier: Pro", "✓ Successfully logged out", "Done."):
        assert shown in result.stdout
    assert list(place.iterdir()) == []
