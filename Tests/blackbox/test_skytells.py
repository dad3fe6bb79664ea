"""`skytells`: the vendor's page, letter by letter, and the vendor's file, key by key."""

import json
import re
from collections.abc import Callable

import requests

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.journeys import credentials, sign_in_to_skytells
from harness.server import Account, TestServer
from harness.terminal import Terminal

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation

OpenTerminal = Callable[..., Terminal]

# The vendor's page, "Example terminal output".
SCREEN = """\
⠋ Initiating device authorization...

  Your device code is: ABCD-1234

  Open this URL in your browser to authorize:
  https://console.skytells.ai/device

  Waiting for authorization...
✔ Authenticated successfully!
  Credentials saved to ~/.config/skytells/credentials.json"""
VENDOR = "https://console.skytells.ai"
OTHER_KEYS = {"access_key": "sk_proj_" + "0" * 40, "api_key": "sk-other", "later": {"list": [1, 2.50, None, "é"]}}


def expected_screen(code: str, server: TestServer) -> str:
    return SCREEN.replace("ABCD-1234", code).replace(VENDOR, server.address)


def accepts(server: TestServer, token: str) -> bool:
    reply = requests.get(
        server.address + "/api/v1/cli/projects", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    assert reply.status_code in (200, 401), reply.text
    return reply.status_code == 200


def stored(machine: Machine) -> dict:
    return json.loads(credentials(machine, "skytells").read_text())


def test_a_sign_in_looks_as_on_the_vendors_page(
    server: TestServer, account: Account, machine: Machine, terminal: OpenTerminal, browser: Browser
) -> None:
    screen = terminal("skytells", "login")
    address, code = screen.wait_for(invitation)
    assert re.fullmatch("[A-Z]{4}-[0-9]{4}", code)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    assert "Skytells" in browser.text
    browser.approve()
    ended = screen.end()
    assert ended.code == 0
    assert ended.output == expected_screen(code, server)
    assert screen.shows_cursor and screen.left_echo


def test_the_colours_are_the_vendors(
    server: TestServer, account: Account, terminal: OpenTerminal
) -> None:
    screen = terminal("skytells", "login")
    answer(PageVisitor(), *screen.wait_for(invitation), account)
    assert screen.end().code == 0
    assert "\x1b[32m✔\x1b[0m Authenticated successfully!" in screen.transcript.decode()


def test_the_display_s_browser_is_opened_with_the_code(
    server: TestServer, account: Account, terminal: OpenTerminal, desk: Desk, browser: Browser
) -> None:
    screen = terminal("skytells", "login", **desk.environment)
    address, code = screen.wait_for(invitation)
    opened = desk.wait_for_address()
    assert opened.startswith(address) and code in opened
    browser.open(opened)
    browser.sign_in(account)
    browser.press("Continue")
    browser.approve()
    ended = screen.end()
    assert ended.code == 0
    assert ended.output == expected_screen(code, server)


def test_without_a_terminal_the_screen_is_plain(server: TestServer, account: Account, machine: Machine) -> None:
    ended = sign_in_to_skytells(machine, account)
    _, code = invitation(ended.output)
    assert ended.output == expected_screen(code, server).replace("⠋ ", "") + "\n"


def test_the_file_is_the_vendors_and_private(server: TestServer, account: Account, machine: Machine) -> None:
    sign_in_to_skytells(machine, account)
    content = stored(machine)
    assert set(content) == {"token", "origin", "created_at"}
    assert re.fullmatch("sk_pat_[0-9a-f]{64}", content["token"])
    assert 1_500_000_000_000 < content["created_at"] < 10_000_000_000_000  # milliseconds, as the vendor's
    file = credentials(machine, "skytells")
    assert file.read_text().startswith('{\n  "token": ')  # indented by two, as the vendor's
    assert machine.mode(file) == "0600"
    assert machine.mode(file.parent) == "0700"
    assert accepts(server, content["token"])


def test_keys_that_are_not_ours_survive_login_and_logout(
    server: TestServer, account: Account, machine: Machine
) -> None:
    file = credentials(machine, "skytells")
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(json.dumps(OTHER_KEYS).replace("2.5", "2.50"))
    sign_in_to_skytells(machine, account)
    content = stored(machine)
    assert {name: content[name] for name in OTHER_KEYS} == OTHER_KEYS
    assert "2.50" in file.read_text()  # as it was written, not as it was understood
    assert machine.run("skytells", "logout", "--force").code == 0
    left = stored(machine)
    assert "token" not in left
    assert {name: left[name] for name in OTHER_KEYS} == OTHER_KEYS


def test_a_file_that_others_can_read_is_closed_with_a_word(
    server: TestServer, account: Account, machine: Machine
) -> None:
    sign_in_to_skytells(machine, account)
    file = credentials(machine, "skytells")
    file.chmod(0o644)
    ended = machine.run("skytells", "whoami")
    assert ended.code == 0
    assert ended.errors.startswith("⚠ ") and "credentials.json" in ended.errors
    assert machine.mode(file) == "0600"
    assert machine.run("skytells", "whoami").errors == ""


def test_whoami_shows_the_token_s_beginning_and_where_it_is_from(
    server: TestServer, account: Account, machine: Machine
) -> None:
    sign_in_to_skytells(machine, account)
    prefix = stored(machine)["token"][:11]
    ended = machine.run("skytells", "whoami")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == f"ℹ Token: {prefix}...\nℹ Source: credentials file\n✔ Token is valid!\n"
    ended = machine.run("skytells", "whoami", "--json")
    assert json.loads(ended.output) == {
        "token": {"prefix": prefix, "source": "credentials_file", "verified": True}
    }


def test_logout_asks_and_ends_the_token_on_the_server(
    server: TestServer, account: Account, machine: Machine, terminal: OpenTerminal
) -> None:
    sign_in_to_skytells(machine, account)
    token = stored(machine)["token"]
    screen = terminal("skytells", "logout")
    screen.wait_for("Are you sure you want to log out?")
    screen.type("n")
    screen.press("enter")
    assert screen.end().code == 0
    assert accepts(server, token)
    screen = terminal("skytells", "logout")
    screen.wait_for("Are you sure you want to log out?")
    screen.type("y")
    screen.press("enter")
    ended = screen.end()
    assert ended.code == 0
    assert ended.output.splitlines()[-1] == "✔ Logged out. Credentials removed."
    assert not accepts(server, token)
    ended = machine.run("skytells", "whoami")
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors.startswith("✖ Not authenticated\n")


def test_logout_where_nobody_is_signed_in_is_no_error(server: TestServer, machine: Machine) -> None:
    ended = machine.run("skytells", "logout")
    assert ended.code == 0
    assert ended.output == "⚠ You are not currently logged in.\n"


def test_logout_without_the_server_removes_the_token_and_says_what_may_live_on(
    server: TestServer, account: Account, machine: Machine
) -> None:
    sign_in_to_skytells(machine, account)
    server.kill()
    ended = machine.run("skytells", "logout", "--force")
    assert ended.code == 0
    assert ended.output == "✔ Logged out. Credentials removed.\n"
    assert ended.errors.startswith("⚠ ") and "alive" in ended.errors
    assert machine.run("skytells", "whoami").code == 4


def test_a_second_login_asks_first(
    server: TestServer, account: Account, machine: Machine, terminal: OpenTerminal
) -> None:
    sign_in_to_skytells(machine, account)
    before = credentials(machine, "skytells").read_bytes()
    screen = terminal("skytells", "login")
    screen.wait_for("You are already logged in. Do you want to re-authenticate?")
    screen.press("enter")
    ended = screen.end()
    assert ended.code == 0
    assert "device code" not in ended.output
    assert credentials(machine, "skytells").read_bytes() == before


def test_a_new_login_ends_the_token_of_the_one_before(server: TestServer, account: Account, machine: Machine) -> None:
    sign_in_to_skytells(machine, account)
    first = stored(machine)["token"]
    sign_in_to_skytells(machine, account)
    second = stored(machine)["token"]
    assert second != first
    assert [accepts(server, token) for token in (first, second)] == [False, True]


def test_a_denial_ends_with_exit_code_5(server: TestServer, account: Account, machine: Machine) -> None:
    login = machine.start("skytells", "login")
    answer(PageVisitor(), *login.read_until(invitation), account, decision="Deny")
    ended = login.end()
    assert ended.code == 5
    assert "✖ Authorization denied by user" in ended.output
    assert not credentials(machine, "skytells").exists() or "token" not in stored(machine)


def test_an_expired_code_is_said_in_the_vendors_words(
    short_lived_server: TestServer, machine: Machine, terminal: OpenTerminal
) -> None:
    screen = terminal("skytells", "login")
    ended = screen.end()
    assert ended.code == 1
    assert ended.output.splitlines()[-2].startswith("✖ Device code expired")
    assert "Run skytells login again." in ended.output.splitlines()[-1]


def test_ctrl_c_ends_with_130_and_leaves_the_stored_token(
    server: TestServer, account: Account, machine: Machine, terminal: OpenTerminal
) -> None:
    sign_in_to_skytells(machine, account)
    before = credentials(machine, "skytells").read_bytes()
    screen = terminal("skytells", "login")
    screen.wait_for("re-authenticate?")
    screen.type("y")
    screen.press("enter")
    screen.wait_for("Waiting for authorization...")
    screen.press("ctrl+c")
    assert screen.end().code == 130
    assert screen.shows_cursor and screen.left_echo
    assert credentials(machine, "skytells").read_bytes() == before


def test_an_unreachable_server_is_exit_code_6(machine: Machine) -> None:
    ended = machine.run("skytells", "login", SKYTELLS_API_URL="http://127.0.0.1:1")
    assert ended.code == 6
    assert "✖ " in ended.errors


def test_a_token_in_the_environment_wins_and_is_never_stored(
    server: TestServer, account: Account, machine: Machine, tmp_path
) -> None:
    sign_in_to_skytells(machine, account)
    token = stored(machine)["token"]
    other = Machine(tmp_path / "other", SKYTELLS_API_URL=server.address)
    ended = other.run("skytells", "whoami", SKYTELLS_TOKEN=token)
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == f"ℹ Token: {token[:11]}...\nℹ Source: SKYTELLS_TOKEN env var\n✔ Token is valid!\n"
    assert not credentials(other, "skytells").exists()
    refused = machine.run("skytells", "whoami", SKYTELLS_TOKEN="sk_pat_" + "0" * 64)
    assert refused.code == 4
    assert "Source: SKYTELLS_TOKEN env var" in refused.output
    assert refused.errors.startswith("✖ Token is invalid")
    assert machine.run("skytells", "whoami", SKYTELLS_TOKEN="").code == 0  # an empty one is none, as the vendor has it
    ended = machine.run("skytells", "logout", "--force", SKYTELLS_TOKEN=token)
    assert ended.code == 0
    assert "SKYTELLS_TOKEN" in ended.errors


def test_a_token_that_was_revoked_elsewhere_is_exit_code_4(
    server: TestServer, account: Account, machine: Machine, tmp_path
) -> None:
    sign_in_to_skytells(machine, account)
    other = Machine(tmp_path / "other", SKYTELLS_API_URL=server.address)
    folder = credentials(other, "skytells").parent
    folder.mkdir(parents=True, mode=0o700)
    credentials(other, "skytells").write_bytes(credentials(machine, "skytells").read_bytes())
    credentials(other, "skytells").chmod(0o600)
    assert machine.run("skytells", "logout", "--force").code == 0
    ended = other.run("skytells", "whoami")
    assert ended.code == 4
    assert ended.errors.startswith("✖ Token is invalid")


def test_a_token_that_was_pasted_is_removed_and_never_revoked(
    server: TestServer, account: Account, machine: Machine, tmp_path
) -> None:
    sign_in_to_skytells(machine, account)
    token = stored(machine)["token"]
    other = Machine(tmp_path / "other", SKYTELLS_API_URL=server.address)
    file = credentials(other, "skytells")
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(json.dumps({"token": token, "created_at": 1_700_000_000_000}))  # as the vendor's client writes it
    assert other.run("skytells", "whoami").code == 0
    assert other.run("skytells", "logout", "--force").code == 0
    assert other.run("skytells", "whoami").code == 4
    assert accepts(server, token)


def test_the_scopes_are_those_that_were_asked_for(
    server: TestServer, account: Account, machine: Machine, browser: Browser
) -> None:
    login = machine.start("skytells", "login", "--scopes", "inference, projects.read")
    address, code = login.read_until(invitation)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    assert "inference" in browser.text and "projects.read" in browser.text
    assert "deployments.read" not in browser.text
    browser.approve()
    assert login.end().code == 0


def test_the_program_says_that_it_is_not_the_vendors(machine: Machine) -> None:
    for arguments in (["--version"], ["--help"]):
        ended = machine.run("skytells", *arguments)
        assert ended.code == 0
        assert "unofficial, compatible with Skytells" in ended.output


def test_a_personal_token_is_asked_for_checked_and_stored(
    server: TestServer, account: Account, machine: Machine, tmp_path, terminal: OpenTerminal
) -> None:
    sign_in_to_skytells(machine, account)
    token = stored(machine)["token"]
    other = Machine(tmp_path / "other", SKYTELLS_API_URL=server.address)
    ended = other.run("skytells", "login", "--token", text=f"{token}\n")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        "✔ Token is valid!\n✔ Authenticated successfully!\n"
        "  Credentials saved to ~/.config/skytells/credentials.json\n"
    )
    assert stored(other)["token"] == token
    assert other.run("skytells", "logout", "--force").code == 0
    assert accepts(server, token)  # it was pasted: other jobs may use it
    assert machine.run("skytells", "logout", "--force").code == 0
    screen = terminal("skytells", "login", "--token")
    screen.wait_for("Paste your personal access token:")
    screen.type(token)
    screen.press("enter")
    ended = screen.end()
    assert ended.code == 4
    assert token not in ended.output  # not shown while it is typed
    assert "✖ Token is invalid" in ended.output


def test_a_token_that_is_none_is_not_stored(server: TestServer, machine: Machine) -> None:
    for text, code in (("\n", 2), ("sk_pat_123\n", 1), ("sk_pat_" + "0" * 64 + "\n", 4)):
        ended = machine.run("skytells", "login", "--token", text=text)
        assert ended.code == code, ended.errors
        if code != 2:
            assert ended.errors.startswith("✖ Token is invalid\n")
        file = credentials(machine, "skytells")
        assert not file.exists() or "token" not in stored(machine)
