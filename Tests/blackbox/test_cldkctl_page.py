"""`cldkctl auth`: the vendor's page from top to bottom, on the vendor's own host."""

import json
import os
import re
import subprocess
import sys

import pytest

from harness.cldkctl import (
    FORM, PORTAL, TOKENS, file_of, machine, not_authenticated, ours, portal, stored, token,  # noqa: F401 (fixtures)
)
from harness.surroundings import PROJECT

from demonstration.server import PROGRAMS


def test_the_page_from_top_to_bottom(portal, machine) -> None:
    browser, world = portal.browser, portal.world

    # One must authenticate before running any other command.
    for words in (["profile"], ["token", "list"], ["logout"], ["vm", "list"], ["token", "create", "--name", "x"]):
        assert not_authenticated(machine.run("cldkctl", *words)), words

    # The token is generated in the Service Portal AI.
    browser.open(PORTAL)
    browser.driver.find_element("link text", "Sign in").click()
    browser.sign_in(portal.ada)
    assert "Cloudeka" in browser.text
    browser.driver.find_element("link text", "Token").click()
    assert browser.address == TOKENS
    browser.driver.find_element("link text", "New Token").click()
    browser.fill_in("Token Name", "laptop")
    browser.press("Create")
    assert browser.heading == "Token has been successfully created"
    secret = browser.field("Secret API Key").get_attribute("value")
    assert re.fullmatch(FORM, secret)

    # The command prompts; what is typed is not shown; Enter confirms.
    screen = world.terminal("cldkctl", "auth", machine=machine)
    screen.wait_for("Enter your token:")
    assert screen.screen == "Enter your token:"
    assert not screen.echoes
    portal.server.restart()
    screen.type(secret)
    screen.press("enter")
    ended = screen.end()
    assert (ended.code, ended.output) == (0, "Enter your token:\nAuth success")
    assert screen.left_echo
    assert secret.encode() not in screen.transcript

    # It is stored locally, and securely, for later use.
    file = file_of(machine)
    assert (machine.mode(file), machine.mode(file.parent)) == ("0600", "0700")
    kept = stored(machine)
    assert set(kept) == {"token", "session"} and kept["token"] == secret
    assert set(kept["session"]) == {"token", "expires_at"}
    portal.server.restart()
    ended = machine.run("cldkctl", "profile")
    assert (ended.code, ended.errors) == (0, "")
    person = portal.call("GET", "/core/user/profile", portal.jwt(secret)).json()["data"]
    assert ended.output == (
        "Name:             ada\n"
        "Email:            ada@example.org\n"
        f"User ID:          {person['id']}\n"
        "Organization:     Lab\n"
        f"Organization ID:  {person['organization_id']}\n"
        "Role:             owner\n"
        f"Token:            {secret[:12]}...\n"
        "Source:           credentials file\n"
    )

    # Page, tool and API say the same of the token.
    listed = portal.call("GET", "/core/cldkctl/token", portal.jwt(secret)).json()["data"]
    mine = next(one for one in listed if one["name"] == "laptop")
    assert mine["prefix"] == secret[:12]
    assert mine["id"] in machine.run("cldkctl", "token", "list").output
    browser.open(TOKENS)
    assert secret[:12] in browser.text and secret not in browser.text

    # Deleted there, it is at once good for nothing here.
    row = browser.driver.find_element("xpath", "//*[self::tr or self::li][contains(., 'laptop')]")
    row.find_element("link text", "Revoke").click()
    browser.press("Revoke")
    ended = machine.run("cldkctl", "profile")
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors == (
        "The token is unknown, expired or revoked\n  Run 'cldkctl auth' with another one.\n"
    )
    assert stored(machine)["token"] == secret  # nothing that a server says removes it


def test_the_flag_of_the_page_shows_the_help_of_auth(machine) -> None:
    short, long = machine.run("cldkctl", "auth", "-h"), machine.run("cldkctl", "auth", "--help")
    assert (short.code, short.errors) == (0, "")
    assert short.output == long.output
    assert "Log in to the Cloudeka service using your token." in short.output
    assert "USAGE: cldkctl auth [<token>] [flags]" in short.output
    for flag in ("-U, --base-url", "-O, --organization", "-P, --default-project", "-N, --default-namespace",
                 "-R, --default-registry", "--editor", "--max-retries", "-h, --help", "--version"):
        assert flag in short.output, flag
    assert "Service Portal AI" in short.output


def test_help_version_and_completions_need_no_login(machine) -> None:
    for words in (["--help"], ["-h"], ["help"], ["help", "auth"], ["token"], ["token", "--help"], ["token", "create", "-h"],
                  ["profile", "--help"], ["logout", "-h"], ["completion", "bash"], ["completion", "zsh"],
                  ["completion", "fish"], ["help-man"]):
        ended = machine.run("cldkctl", *words)
        assert (ended.code, ended.errors) == (0, ""), words
        assert "cldkctl" in ended.output
    ended = machine.run("cldkctl", "--version")
    assert (ended.code, ended.errors) == (0, "")
    assert re.fullmatch(r"cldkctl \S+ \(unofficial, compatible with Cloudeka\)\n", ended.output)
    assert "unofficial, compatible with Cloudeka" in machine.run("cldkctl", "--help").output
    assert not file_of(machine).parent.exists()


def test_a_token_on_the_command_line_is_taken_with_a_warning(portal, machine, token) -> None:
    ended = machine.run("cldkctl", "auth", token)
    assert (ended.code, ended.output) == (0, "Auth success\n")
    assert ended.errors.startswith("Warning: A token on the command line")
    assert ended.errors.count("\n") == 1 and "CLDKCTL_TOKEN" in ended.errors and token not in ended.errors
    assert stored(machine)["token"] == token


def test_signing_in_again_replaces_the_token_and_ends_nothing(portal, machine, token, ours) -> None:
    second = portal.make_token("second")
    assert ours.run("cldkctl", "auth", text=second + "\n").output == "Auth success\n"
    assert stored(ours)["token"] == second
    assert portal.exchange(token).status_code == 200


def test_logout_only_removes_and_says_so(portal, token, ours) -> None:
    ended = ours.run("cldkctl", "logout")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        "Logged out: the token was removed from this machine.\n"
        "It stays valid elsewhere until it is deleted in the Service Portal AI.\n"
    )
    assert not file_of(ours).exists() or "token" not in stored(ours)
    assert portal.exchange(token).status_code == 200
    assert not_authenticated(ours.run("cldkctl", "logout"))
    assert not_authenticated(ours.run("cldkctl", "profile"))


@pytest.mark.parametrize("typed", ["hunter2", "cldkctl_short", "cldk_" + "0" * 32, "sk_pat_" + "0" * 64,
                                   "cldkctl_" + "0" * 31 + "-", "cldkctl_" + "0" * 33])
def test_a_token_of_another_shape_is_refused_here(ours, typed) -> None:
    before = file_of(ours).read_bytes()
    ended = ours.run("cldkctl", "auth", text=typed + "\n")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == (
        "Auth failed: a token is 'cldkctl_' and 32 letters or digits\n"
        "  Get a token in the Service Portal AI, https://ai.cloudeka.id: Profile > API > API Overview > Token > New Token.\n"
    )
    assert file_of(ours).read_bytes() == before


def test_an_unknown_token_is_refused_by_the_service(ours) -> None:
    before = file_of(ours).read_bytes()
    ended = ours.run("cldkctl", "auth", text="cldkctl_" + "0" * 32 + "\n")
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors == (
        "Auth failed: the token is unknown, expired or revoked\n"
        "  Get a token in the Service Portal AI, https://ai.cloudeka.id: Profile > API > API Overview > Token > New Token.\n"
    )
    assert file_of(ours).read_bytes() == before
    error = json.loads(ours.run("cldkctl", "auth", "--json", text="cldkctl_" + "0" * 32 + "\n").errors)["error"]
    assert error["code"] == "token_refused" and "New Token" in error["hint"]


def test_an_empty_token_is_wrong_usage(portal, machine) -> None:
    for text in ("\n", "", "  \n"):
        ended = machine.run("cldkctl", "auth", text=text)
        assert (ended.code, ended.output) == (2, "")
        assert "No token was given" in ended.errors and "New Token" in ended.errors
    assert not file_of(machine).exists()


def test_ctrl_c_at_the_prompt_leaves_all_as_it_was(portal, ours) -> None:
    before = file_of(ours).read_bytes()
    screen = portal.world.terminal("cldkctl", "auth", machine=ours)
    screen.wait_for("Enter your token:")
    screen.press("ctrl+c")
    ended = screen.end()
    assert ended.code == 130
    assert ended.output == "Enter your token:\nAuth cancelled"
    assert screen.left_echo
    assert file_of(ours).read_bytes() == before


def test_make_run_plays_the_page(tmp_path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    result = subprocess.run(
        [sys.executable, PROJECT / "Scripts/demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "TMPDIR": str(place),
             "KEYFOB_PROGRAMS": str(PROGRAMS), "PRODUCT": "cldkctl"},
        timeout=240, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Done." in result.stdout
    assert os.listdir(place) == []
