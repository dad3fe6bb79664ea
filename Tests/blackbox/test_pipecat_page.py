"""`pipecat`: the vendor's page from top to bottom, on the vendor's own hosts, with everything that it mentions."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable

import pytest

from harness.cli import Machine
from harness.desk import Desk
from harness.pipecat import (
    API, DAILY_KEY, DASHBOARD, HEADLESS, HOSTS, call, config, confirm, make_token, settle, sign_in, stored,
)
from harness.server import Account
from harness.surroundings import PROJECT
from harness.world import VendorWorld

from demonstration.person import invitation
from demonstration.server import PROGRAMS

LOGIN = ("pipecat", "cloud", "auth", "login")
LOGOUT = ("pipecat", "cloud", "auth", "logout")
WHOAMI = ("pipecat", "cloud", "auth", "whoami")

# The page's example of the file, with keys of our own form.
PAGE_FILE = """\
token = "{token}"
org = "lab"

[another-user-org]
default_public_key = "pk_0000000000000000000000000000one"
default_public_key_name = "Test Key"

[futher-user-org]
default_public_key = "pk_0000000000000000000000000000two"
default_public_key_name = "Pipecat Cloud Public Key"
"""


@pytest.fixture
def world(vendor_world: Callable[..., VendorWorld]) -> VendorWorld:
    """The vendor's API and dashboard, led to a server of ours."""
    return vendor_world("pipecat", HOSTS)


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """A person with two organizations."""
    return settle(world)


def test_the_page_from_top_to_bottom(world: VendorWorld, ada: Account, tmp_path) -> None:
    browser, machine = world.browser(), world.machine

    # The group: login, logout, and the current account's identity.
    ended = machine.run("pipecat", "cloud", "auth")
    assert ended.code == 0
    assert [word for word in ("login", "logout", "whoami") if f"\n  {word} " in ended.output] == [
        "login", "logout", "whoami",
    ]
    ended = machine.run(*WHOAMI)
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors == "Error: You are not logged in. Please run `pipecat cloud auth login` first.\n"

    # login: the browser opens at an address of its own, the person signs in there, the token is stored here.
    desk = Desk(tmp_path / "desk", machine)
    screen = world.terminal(*LOGIN, columns=500, **desk.environment)
    opened = desk.wait_for_address()
    assert opened.startswith(f"{DASHBOARD}/authorize?")
    browser.open(opened)
    assert "Pipecat Cloud" in browser.text
    browser.sign_in(ada)
    for words in ("See your organizations", "Daily API keys", "Stay signed in"):
        assert words in browser.text
    world.server.restart()
    browser.approve()
    ended = screen.end()
    assert (ended.code, ended.output) == (0, f"""
Opening browser for authentication...

  If it does not open, visit this URL:
  {opened}

Waiting for authentication to complete...
Obtaining account data...
Web authentication finished successfully!
Account details stored to ~/.config/pipecatcloud/pipecatcloud.toml""")
    file = config(machine)
    assert (machine.mode(file), machine.mode(file.parent)) == ("0600", "0700")
    assert set(stored(machine)) == {"token", "refresh_token", "token_expires_at", "org"}
    token = stored(machine)["token"]

    # The token is used for what follows: other processes, another life of the server.
    world.server.restart()
    ended = machine.run(*WHOAMI)
    assert (ended.code, ended.errors) == (0, "")
    user = call(world, "GET", "/v1/users", token).json()["user"]
    assert ended.output == (
        f"User ID              {user['userId']}\n"
        "Active Organization  Lab (lab)\n"
        f"Daily API Key        {DAILY_KEY}\n"
    )
    assert call(world, "GET", "/v1/organizations/lab/daily", token).json() == {"apiKey": DAILY_KEY}
    assert json.loads(machine.run(*WHOAMI, "--json").output) == {
        "user": user, "organization": {"name": "lab", "verbose_name": "Lab"}, "dailyApiKey": {"apiKey": DAILY_KEY},
    }

    # logout: signed out here and there.
    ended = machine.run(*LOGOUT)
    assert (ended.code, ended.output, ended.errors) == (0, "Logged out and session revoked.\n", "")
    assert stored(machine) == {"org": "lab"}
    assert call(world, "GET", "/v1/users", token).status_code == 401

    # --headless, and by its short name: the address is printed, and opened on any other device.
    screen = world.terminal(*LOGIN, "-h", columns=160, **desk.environment)
    address, code = screen.wait_for(invitation)
    assert re.fullmatch(re.escape(f"{DASHBOARD}/auth/cli?token_flow_id=") + r"\w+", address)
    confirm(browser, address, code, ada)
    ended = screen.end()
    assert (ended.code, ended.output) == (0, HEADLESS.format(url=address, code=code))
    assert desk.opened == [opened]
    token = stored(machine)["token"]
    assert set(stored(machine)) == {"token", "org"}

    # The configuration, as the page shows it; of secrets only the beginning.
    file.write_text(PAGE_FILE.format(token=token))
    ended = machine.run("pipecat", "cloud", "--config")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == PAGE_FILE.format(token=token[:8] + "****")
    assert machine.run("pipecat", "cloud", "--show-cli-config").output == ended.output
    assert machine.run(*LOGOUT).code == 0
    assert file.read_text() == PAGE_FILE.partition("\n")[2]
    assert call(world, "GET", "/v1/users", token).status_code == 401


def test_headless_without_a_terminal_is_plain(world: VendorWorld, ada: Account) -> None:
    running = world.machine.start(*LOGIN, "--headless")
    address, code = running.read_until(invitation)
    confirm(world.browser(), address, code, ada)
    ended = running.end()
    assert (ended.code, ended.output) == (0, HEADLESS.format(url=address, code=code) + "\n")


def test_the_variable_names_another_file(world: VendorWorld, ada: Account) -> None:
    machine, browser = world.machine, world.browser()
    token = sign_in(world, browser, ada)
    other = machine.home / "elsewhere/here.toml"
    other.parent.mkdir()
    other.write_text(f'token = "{token}"\norg = "workshop"\n')
    other.chmod(0o600)
    ended = machine.run(*WHOAMI, PIPECAT_CONFIG_PATH=str(other))
    assert ended.code == 0 and "Workshop (workshop)" in ended.output
    before = config(machine).read_bytes()
    assert machine.run(*LOGOUT, PIPECAT_CONFIG_PATH=str(other)).code == 0
    assert tomllib.loads(other.read_text()) == {"org": "workshop"}
    assert config(machine).read_bytes() == before
    # A bare file name, at which the vendor's client fails.
    running = machine.start(*LOGIN, "--headless", PIPECAT_CONFIG_PATH="bare.toml")
    address, code = running.read_until(invitation)
    confirm(browser, address, code, ada)
    assert running.end().code == 0
    assert "token" in tomllib.loads((machine.home / "bare.toml").read_text())
    assert machine.mode(machine.home / "bare.toml") == "0600"


def test_a_malformed_file_is_set_aside_by_logout_and_by_login(world: VendorWorld, ada: Account) -> None:
    machine = world.machine
    file = config(machine)
    file.parent.mkdir(parents=True)

    def aside(number: int):
        return file.with_name(f"pipecatcloud.toml.corrupt-{number}")

    texts = ["token = \n", "not toml at all", '{"token": "x"}', 'token = 7\norg = "lab"\n']
    for number, text in enumerate(texts, 1):
        file.write_text(text)
        file.chmod(0o600)
        ended = machine.run(*WHOAMI)
        assert (ended.code, ended.output) == (1, "")
        assert ended.errors.startswith("Error: The configuration is malformed: ")
        assert "Run pipecat cloud auth logout to reset it" in ended.errors
        if number < 4:  # the last one is TOML, and can be shown
            assert "pipecat cloud auth logout" in machine.run("pipecat", "cloud", "--config").errors
        assert file.read_text() == text
        ended = machine.run(*LOGOUT)
        assert ended.code == 0
        assert f"~/.config/pipecatcloud/{aside(number).name}" in ended.errors
        assert (aside(number).read_text(), machine.mode(aside(number))) == (text, "0600")
    file.write_text(texts[0])
    running = machine.start(*LOGIN, "--headless")
    address, code = running.read_until(invitation)
    confirm(world.browser(), address, code, ada)
    ended = running.end()
    assert ended.code == 0 and aside(5).name in ended.output
    assert (aside(5).read_text(), machine.mode(aside(5))) == (texts[0], "0600")
    assert machine.run(*WHOAMI).code == 0


def test_organizations_and_their_keys(world: VendorWorld, ada: Account) -> None:
    machine = world.machine
    token = sign_in(world, world.browser(), ada)

    def run(*words: str, **more: str):
        return machine.run("pipecat", "cloud", "organizations", *words, **more)

    ended = run("list")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        "Organization Name  Organization ID  Active\n"
        "Lab                lab              active\n"
        "Workshop           workshop         \n"
    )
    assert run("list", "--json").code == 0
    assert json.loads(run("list", "--output", "json").output) == call(world, "GET", "/v1/organizations", token).json()
    ended = run("select", "--organization", "workshop")
    assert (ended.code, ended.output) == (
        0,
        "Current organization set to Workshop (workshop)\n"
        "Default organization updated in ~/.config/pipecatcloud/pipecatcloud.toml\n",
    )
    assert stored(machine)["org"] == "workshop"
    assert "Daily API Key        N/A\n" in machine.run(*WHOAMI).output
    ended = run("select", "-o", "nowhere")
    assert ended.code == 1
    assert ended.errors == (
        "Error: No organization with ID 'nowhere'.\n"
        "  Run pipecat cloud organizations list to see available IDs.\n"
    )
    assert run("select").code == 2  # nobody can be asked
    screen = world.terminal("pipecat", "cloud", "organizations", "select")
    screen.wait_for("Number:")
    screen.type("7\r")
    screen.wait_for("from 1 to 2")
    screen.type("1\r")
    assert screen.end().code == 0
    assert stored(machine)["org"] == "lab"

    assert run("keys", "list").output.startswith("No API keys found.\n")
    ended = run("keys", "create", "-n", "Test Key", "-d")
    assert ended.code == 0
    key = stored(machine)["lab"]["default_public_key"]
    assert re.fullmatch("pk_[A-Za-z0-9]{32}", key)
    assert stored(machine)["lab"] == {"default_public_key": key, "default_public_key_name": "Test Key"}
    assert ended.output == (
        f"Name             Test Key\nKey              {key}\nOrganization ID  lab\n"
        "Using as default in ~/.config/pipecatcloud/pipecatcloud.toml\n"
    )
    listed = call(world, "GET", "/v1/organizations/lab/apiKeys", token).json()["public"]
    assert [(one["key"], one["metadata"]["name"], one["revoked"]) for one in listed] == [(key, "Test Key", False)]
    assert f"Test Key  {key}  {listed[0]['createdAt']}  Active, default\n" in run("keys", "list").output
    assert run("keys", "create", "--name", "Second", "-o", "lab").output.endswith("Bypassing using key as default\n")
    ended = run("keys", "use", "Second")
    assert (ended.code, stored(machine)["lab"]["default_public_key_name"]) == (0, "Second")
    ended = run("keys", "revoke", "Second")
    assert ended.code == 0 and "revoked successfully" in ended.output
    assert "lab" not in stored(machine)  # nothing is left in its table
    assert json.loads(run("keys", "list", "--json").output)["public"][0]["revoked"] is True
    assert run("keys", "revoke", "Second").code == 1
    assert run("keys", "create").code == 2
    assert run("keys", "list", "-o", "nowhere").errors.startswith("Error: No organization with ID 'nowhere'.\n")

    # A member without a say.
    world.add_account("eve")
    world.server.operate("organization", "add-member", "lab", "eve", "--role", "member")
    eve = world.new_machine(machine.home.parent / "eve")
    assert "Lab" in machine.run("pipecat", "cloud", "organizations", "list").output
    assert eve.run("pipecat", "cloud", "organizations", "list").code == 4


def test_a_personal_access_token_is_made_on_the_page_and_used(world: VendorWorld, ada: Account) -> None:
    browser, machine = world.browser(), world.machine
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens")
    browser.sign_in(ada)
    token = make_token(browser, "ci")
    assert re.fullmatch("pcc_pat_[0-9a-f]{32}", token)
    screen = world.terminal("pipecat", "cloud", "auth", "use-pat")
    screen.wait_for("Personal Access Token:")
    assert not screen.echoes
    screen.type(token)
    screen.press("enter")
    ended = screen.end()
    assert (ended.code, ended.output) == (
        0,
        "Personal Access Token:\n"
        "Obtaining account data...\n"
        "Authenticated via PAT. Active organization: lab\n"
        "Credentials stored to ~/.config/pipecatcloud/pipecatcloud.toml",
    )
    assert token.encode() not in screen.transcript
    assert stored(machine) == {"token": token, "org": "lab"}
    assert machine.run(*WHOAMI).code == 0

    # It is other jobs' too: a logout leaves it alive; CI pipes it in, or has it in a variable.
    ended = machine.run(*LOGOUT)
    assert ended.code == 0 and "still valid elsewhere" in ended.output
    assert call(world, "GET", "/v1/users", token).status_code == 200
    assert machine.run("pipecat", "cloud", "auth", "use-pat", text=token + "\n").code == 0
    assert stored(machine)["token"] == token
    config(machine).unlink()
    ended = machine.run(*WHOAMI, PIPECAT_TOKEN=token)
    assert ended.code == 0 and "Lab (lab)" in ended.output
    assert "Workshop (workshop)" in machine.run(*WHOAMI, PIPECAT_TOKEN=token, PIPECAT_ORG="workshop").output
    ended = machine.run(*WHOAMI, PIPECAT_TOKEN=token, PIPECAT_ORG="nowhere")
    assert ended.code == 1 and ended.errors.startswith("Error: No organization with ID 'nowhere'.\n")
    assert not config(machine).exists()

    # Revoked on the page, it is at once good for nothing.
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens")
    browser.driver.find_element("link text", "Revoke").click()
    browser.press("Revoke")
    ended = machine.run(*WHOAMI, PIPECAT_TOKEN=token)
    assert ended.code == 4
    assert ended.errors == (
        "Error: Unauthorized request / invalid user token.\n"
        "  Please log in again using pipecat cloud auth login\n"
    )


def test_another_program_gets_the_token_and_the_organization(world: VendorWorld, ada: Account, tmp_path) -> None:
    machine = world.machine
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "pipecat-cloud-agent"
    program.write_text('#!/bin/sh\necho "$PIPECAT_TOKEN $PIPECAT_ORG $PIPECAT_API_HOST $*"\n')
    program.chmod(0o755)
    path = {"PATH": f"{tools}:{machine.environment['PATH']}"}
    assert machine.run("pipecat", "cloud", "agent", "list", **path).code == 4
    token = sign_in(world, world.browser(), ada)
    ended = machine.run("pipecat", "cloud", "agent", "list", "-o", "x", **path)
    assert (ended.code, ended.output) == (0, f"{token} lab {API} list -o x\n")
    ended = machine.run("pipecat", "cloud", "auth", "lgin", **path)
    assert ended.code == 2 and "login" in ended.errors
    ended = machine.run("pipecat", "cloud", "deploy")
    assert ended.code == 2 and "pipecat-cloud-deploy" in ended.errors


def test_help_completions_and_the_manual_are_there(world: VendorWorld) -> None:
    machine = world.machine
    ended = machine.run("pipecat", "--version")
    assert ended.code == 0 and "unofficial, compatible with Pipecat Cloud" in ended.output
    assert "not made by Daily" in machine.run("pipecat", "--help").output
    assert "-h, --headless" in machine.run(*LOGIN, "--help").output
    for shell in ("bash", "zsh", "fish"):
        ended = machine.run("pipecat", "completion", shell)
        assert ended.code == 0 and "headless" in ended.output
    assert machine.run("pipecat", "help-man").output.startswith(".")


def test_make_run_plays_the_page(machine: Machine, tmp_path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    result = subprocess.run(
        [sys.executable, PROJECT / "Scripts/demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env=machine.environment | {"TMPDIR": str(place), "KEYFOB_PROGRAMS": str(PROGRAMS), "PRODUCT": "pipecat"},
        timeout=240, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Done." in result.stdout
    assert os.listdir(place) == []
