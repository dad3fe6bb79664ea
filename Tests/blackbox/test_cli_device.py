"""`keyfob login` with a code: real terminal, real server, real browser."""

import json
import subprocess
from collections.abc import Callable

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.journeys import credentials
from harness.server import Account, TestServer, program
from harness.surroundings import wait_until
from harness.terminal import Terminal

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation

OpenTerminal = Callable[..., Terminal]
WAITING = "Waiting for your approval in the browser…"


@pytest.fixture
def screen(server: TestServer, terminal: OpenTerminal) -> Terminal:
    """A terminal in which `keyfob login --device` waits."""
    screen = terminal("keyfob", "login", server.address, "--device")
    screen.wait_for(WAITING)
    return screen


def test_an_approval_signs_in(
    server: TestServer, account: Account, machine: Machine, screen: Terminal, browser: Browser
) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    assert "Keyfob" in browser.heading
    assert code in browser.text
    assert "127.0.0.1" in browser.text
    browser.approve()
    assert browser.heading == "You’re signed in"
    ended = screen.end()
    assert ended.code == 0
    assert ended.output.splitlines() == [
        "Open this address in a browser, on this or any other device:", "", f"  {server.address}/device", "",
        "and enter the code:", "", f"  {code}", "",
        f"✓ Signed in to {server.address} as ada@example.org",
        "  Credentials are stored in ~/.config/keyfob/credentials.json",
    ]
    assert machine.run("keyfob", "token").code == 0


def test_a_denial_ends_with_exit_code_5_and_stores_nothing(
    account: Account, machine: Machine, screen: Terminal, browser: Browser
) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.deny()
    assert browser.heading == "Request denied"
    ended = screen.end()
    assert ended.code == 5
    assert "error: " in ended.output and "denied" in ended.output
    assert "hint: nothing was stored" in ended.output
    assert machine.run("keyfob", "token").code == 4


def test_a_code_that_nobody_enters_expires(
    short_lived_server: TestServer, terminal: OpenTerminal, browser: Browser
) -> None:
    screen = terminal("keyfob", "login", short_lived_server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    ended = screen.end()
    assert ended.code == 1
    assert ended.output.splitlines()[-2:] == [
        "error: the code expired before the request was approved", "hint: start again and approve it sooner",
    ]
    browser.sign_in(short_lived_server.add_account("grace"))
    browser.enter_code(code)
    assert browser.heading == "Enter your code"
    assert "expired" in browser.text


def test_an_approval_page_that_was_left_open_too_long_approves_nothing(
    short_lived_server: TestServer, machine: Machine, terminal: OpenTerminal
) -> None:
    visitor = PageVisitor()
    account = short_lived_server.add_account("grace")
    page = visitor.open(short_lived_server.address + "/device")
    page = visitor.submit(page, "Sign in", {"Username": account.name, "Password": account.password})
    screen = terminal("keyfob", "login", short_lived_server.address, "--device")
    _, code = screen.wait_for(invitation)
    page = visitor.submit(page, "Continue", {"Code": code})
    assert page.form_with_button("Approve"), page.text
    assert screen.end().code == 1
    page = visitor.submit(page, "Approve")
    assert page.status >= 400 and "expired" in page.text
    assert machine.run("keyfob", "token").code == 4


def test_a_wrong_code_is_said_and_can_be_corrected(account: Account, screen: Terminal, browser: Browser) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code("WRNG-CDEX")
    assert browser.heading == "Enter your code"
    assert "not known" in browser.text
    assert browser.field("Code").get_attribute("value") == "WRNG-CDEX"
    browser.enter_code(code.replace("-", " ").lower())
    browser.approve()
    assert screen.end().code == 0


def test_a_link_with_the_code_asks_whether_the_terminal_shows_it(
    account: Account, screen: Terminal, browser: Browser
) -> None:
    address, code = invitation(screen.screen)
    browser.open(f"{address}?user_code={code}")
    browser.sign_in(account)
    assert browser.heading == "Does your terminal show this code?"
    assert code in browser.text
    browser.press("Continue")
    browser.approve()
    assert screen.end().code == 0


def test_a_link_with_somebody_elses_code_can_be_refused(account: Account, screen: Terminal, browser: Browser) -> None:
    address, code = invitation(screen.screen)
    browser.open(f"{address}?user_code={code}")
    browser.sign_in(account)
    browser.press("No, cancel")
    assert browser.heading == "Enter your code"
    assert browser.field("Code").get_attribute("value") == ""
    assert WAITING in screen.screen  # nothing was decided


def test_only_the_session_that_entered_the_code_decides(
    server: TestServer, account: Account, screen: Terminal, browser: Browser, new_browser: Callable[..., Browser]
) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    other = new_browser()
    other.open(browser.address)
    other.sign_in(server.add_account("mallory"))
    assert not other.has_button("Approve"), other.text
    other.open(browser.address)
    assert not other.has_button("Approve"), other.text
    assert WAITING in screen.screen
    browser.approve()
    ended = screen.end()
    assert ended.code == 0
    assert "as ada@example.org" in ended.output


def test_the_back_button_after_an_approval_changes_nothing(
    machine: Machine, account: Account, screen: Terminal, browser: Browser
) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0
    token = machine.run("keyfob", "token").output
    browser.back()
    if browser.has_button("Deny"):  # the page from the browser's own memory
        browser.deny()
    assert browser.heading == "Already answered"
    assert machine.run("keyfob", "whoami").code == 0
    assert machine.run("keyfob", "token").output == token


def test_a_code_is_entered_in_two_tabs_and_decided_in_one(
    account: Account, screen: Terminal, browser: Browser
) -> None:
    address, code = invitation(screen.screen)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    first = browser.driver.current_window_handle
    browser.new_tab()
    browser.open(address)
    browser.enter_code(code)
    browser.deny()
    assert screen.end().code == 5
    browser.go_to_tab(first)
    browser.approve()
    assert browser.heading == "Already answered"


def test_a_server_that_is_killed_meanwhile_is_waited_for(
    server: TestServer, account: Account, screen: Terminal
) -> None:
    address, code = invitation(screen.screen)
    server.kill()
    server.restart()
    page = answer(PageVisitor(), address, code, account)
    assert "You’re signed in" in page.text
    assert screen.end().code == 0


def test_ctrl_c_ends_with_130_and_gives_the_terminal_back(machine: Machine, screen: Terminal) -> None:
    wait_until(lambda: not screen.shows_cursor, "the spinner")
    screen.press("ctrl+c")
    ended = screen.end()
    assert ended.code == 130
    assert screen.shows_cursor and screen.left_echo
    assert WAITING not in ended.output
    assert machine.run("keyfob", "token").code == 4


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "CI"])
def test_where_a_browser_would_be_useless_a_code_is_shown(
    server: TestServer, terminal: OpenTerminal, desk: Desk, variable: str
) -> None:
    screen = terminal("keyfob", "login", server.address, **desk.environment, **{variable: "10.0.0.1 5 10.0.0.2 22"})
    screen.wait_for(WAITING)
    address, _ = invitation(screen.screen)
    assert address == server.address + "/device"
    assert desk.opened == []


def test_without_a_display_a_code_is_shown(server: TestServer, terminal: OpenTerminal) -> None:
    screen = terminal("keyfob", "login", server.address)
    address, _ = screen.wait_for(invitation)
    assert address == server.address + "/device"


def test_json_keeps_standard_output_for_one_object(server: TestServer, account: Account, machine: Machine) -> None:
    process = subprocess.Popen(
        [program("keyfob"), "login", server.address, "--device", "--json"], env=machine.environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    shown = ""
    while not invitation(shown):
        line = process.stderr.readline()
        assert line, shown
        shown += line
    answer(PageVisitor(), *invitation(shown), account)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    report = json.loads(output)
    assert report.pop("expires_at").endswith("Z")
    assert report == {
        "signed_in": True, "issuer": server.address, "account": "ada@example.org", "client_id": "keyfob",
        "scopes": ["openid", "profile", "email", "offline_access"], "stored_in": str(credentials(machine)),
    }


def test_without_a_terminal_nothing_is_drawn(server: TestServer, account: Account, machine: Machine) -> None:
    login = machine.start("keyfob", "login", server.address, "--device")
    address, code = login.read_until(invitation)
    answer(PageVisitor(), address, code, account)
    screen = login.end().output
    assert screen.count(WAITING) == 1
    assert "\x1b" not in screen and "\r" not in screen
    assert not any(frame in screen for frame in "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")


def test_no_color_leaves_colours_out(server: TestServer, account: Account, terminal: OpenTerminal) -> None:
    screen = terminal("keyfob", "login", server.address, "--device", NO_COLOR="1")
    address, code = screen.wait_for(invitation)
    answer(PageVisitor(), address, code, account)
    assert screen.end().code == 0
    assert b"\x1b[3" not in screen.transcript and b"\x1b[1m" not in screen.transcript
    assert b"\x1b[?25l" in screen.transcript  # the spinner still turns


def test_a_time_limit_ends_the_wait(server: TestServer, terminal: OpenTerminal) -> None:
    screen = terminal("keyfob", "login", server.address, "--device", "--timeout", "1")
    ended = screen.end()
    assert ended.code == 1
    assert "error: " in ended.output and "time" in ended.output
