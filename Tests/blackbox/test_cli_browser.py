"""`keyfob login` with a browser on the same machine: what the tool opens, the test opens in Chromium."""

import json
import socket
import urllib.parse
from collections.abc import Callable

import pytest
import requests

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.server import Account, TestServer
from harness.terminal import Terminal

OpenTerminal = Callable[..., Terminal]
WAITING = "Waiting for your approval in the browser…"


@pytest.fixture
def screen(server: TestServer, terminal: OpenTerminal, desk: Desk) -> Terminal:
    """A terminal in which `keyfob login` waits for the browser."""
    screen = terminal("keyfob", "login", server.address, columns=600, **desk.environment)
    screen.wait_for(WAITING)
    return screen


def callback(address: str) -> urllib.parse.SplitResult:
    """Where the browser will come back to, from the address that was opened."""
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    return urllib.parse.urlsplit(query["redirect_uri"][0])


def is_listening(place: urllib.parse.SplitResult) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((place.hostname, place.port)) == 0


def visit(place: urllib.parse.SplitResult, **query: str) -> requests.Response:
    session = requests.Session()
    session.trust_env = False
    return session.get(place.geturl(), params=query, timeout=30)


def test_an_approval_signs_in_and_frees_the_port(
    server: TestServer, account: Account, machine: Machine, screen: Terminal, desk: Desk, browser: Browser
) -> None:
    address = desk.wait_for_address()
    place = callback(address)
    assert place.hostname == "127.0.0.1" and is_listening(place)
    browser.open(address)
    browser.sign_in(account)
    assert "Keyfob" in browser.heading
    browser.approve()
    assert browser.heading == "You can close this page"
    ended = screen.end()
    assert ended.code == 0
    assert ended.output.splitlines() == [
        "Your browser has been opened. If you do not see it, open this address:", "", f"  {address}", "",
        f"✓ Signed in to {server.address} as ada@example.org",
        "  Credentials are stored in ~/.config/keyfob/credentials.json",
    ]
    assert desk.opened == [address]
    assert not is_listening(place)
    assert machine.run("keyfob", "whoami").code == 0


def test_the_address_asks_for_a_code_with_pkce(server: TestServer, screen: Terminal, desk: Desk) -> None:
    address = urllib.parse.urlsplit(desk.wait_for_address())
    query = urllib.parse.parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}" == server.address
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43  # RFC 7636 section 4.2: 32 bytes in base64url
    assert len(query["state"][0]) >= 22  # 128 bits (RFC 6749 section 10.10)


def test_a_denial_ends_with_exit_code_5(
    account: Account, machine: Machine, screen: Terminal, desk: Desk, browser: Browser
) -> None:
    address = desk.wait_for_address()
    browser.open(address)
    browser.sign_in(account)
    browser.deny()
    assert browser.heading == "Denied"
    ended = screen.end()
    assert ended.code == 5
    assert "error: " in ended.output and "denied" in ended.output
    assert not is_listening(callback(address))
    assert machine.run("keyfob", "token").code == 4


def test_ctrl_c_ends_with_130_frees_the_port_and_gives_the_terminal_back(
    machine: Machine, screen: Terminal, desk: Desk
) -> None:
    place = callback(desk.wait_for_address())
    screen.press("ctrl+c")
    ended = screen.end()
    assert ended.code == 130
    assert ended.output.splitlines()[-1] == "error: interrupted"
    assert screen.shows_cursor and screen.left_echo
    assert not is_listening(place)
    assert machine.run("keyfob", "token").code == 4


def test_a_callback_with_a_wrong_state_is_ignored(
    account: Account, screen: Terminal, desk: Desk, browser: Browser
) -> None:
    address = desk.wait_for_address()
    place = callback(address)
    forged = visit(place, code="stolen", state="guessed")
    assert forged.status_code == 400 and "another sign-in" in forged.text
    assert visit(place, error="access_denied", state="guessed").status_code == 400
    assert visit(place).status_code == 400
    assert visit(place._replace(path="/favicon.ico")).status_code == 404
    assert WAITING in screen.screen
    browser.open(address)
    browser.sign_in(account)
    browser.approve()
    assert screen.end().code == 0


def test_a_code_of_another_issuer_is_refused(screen: Terminal, desk: Desk, machine: Machine) -> None:
    # RFC 9207 section 2.4: an iss that is not the issuer's ends the sign-in.
    address = desk.wait_for_address()
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["state"][0]
    reply = visit(callback(address), code="mixed-up", state=state, iss="https://attacker.example")
    assert reply.status_code == 400
    ended = screen.end()
    assert ended.code == 1
    assert "error: the callback comes from another server" in ended.output
    assert machine.run("keyfob", "token").code == 4


def test_the_back_button_and_a_second_decision_change_nothing(
    account: Account, machine: Machine, screen: Terminal, desk: Desk, browser: Browser
) -> None:
    browser.open(desk.wait_for_address())
    browser.sign_in(account)
    browser.approve()
    assert screen.end().code == 0
    token = machine.run("keyfob", "token").output
    browser.back()
    assert browser.has_button("Deny"), browser.text
    browser.button("Deny").click()  # leads to a port that nobody listens on any more
    assert machine.run("keyfob", "whoami").code == 0
    assert machine.run("keyfob", "token").output == token


def test_the_address_open_in_two_tabs_signs_in_once(
    account: Account, machine: Machine, screen: Terminal, desk: Desk, browser: Browser
) -> None:
    address = desk.wait_for_address()
    browser.open(address)
    browser.sign_in(account)
    first = browser.driver.current_window_handle
    browser.new_tab()
    browser.open(address)
    browser.approve()
    assert browser.heading == "You can close this page"
    assert screen.end().code == 0
    browser.go_to_tab(first)
    browser.button("Approve").click()
    assert machine.run("keyfob", "whoami").code == 0


def test_two_sign_ins_at_once_do_not_mix(
    server: TestServer, account: Account, screen: Terminal, terminal: OpenTerminal, desk: Desk, browser: Browser
) -> None:
    first = desk.wait_for_address()
    other = terminal("keyfob", "login", server.address, columns=600, **desk.environment)
    second = desk.wait_for_address(2)
    assert callback(first).port != callback(second).port
    browser.open(second)
    browser.sign_in(account)
    browser.approve()
    assert other.end().code == 0
    assert WAITING in screen.screen
    browser.open(first)
    browser.deny()
    assert screen.end().code == 5


def test_a_browser_that_does_not_start_leaves_the_address_to_the_person(
    server: TestServer, account: Account, terminal: OpenTerminal, desk: Desk, browser: Browser
) -> None:
    desk.break_browser()
    screen = terminal("keyfob", "login", server.address, columns=600, **desk.environment)
    screen.wait_for(WAITING)
    assert screen.screen.startswith("Open this address in a browser on this machine:")
    browser.open(screen.screen.splitlines()[2].strip())
    browser.sign_in(account)
    browser.approve()
    assert screen.end().code == 0


def test_no_browser_is_opened_where_that_was_asked(server: TestServer, terminal: OpenTerminal, desk: Desk) -> None:
    screen = terminal("keyfob", "login", server.address, "--browser", "--no-browser", columns=600, **desk.environment)
    screen.wait_for(WAITING)
    assert screen.screen.splitlines()[2].strip().startswith(server.address + "/authorize?")
    assert desk.opened == []


def test_a_browser_that_never_comes_back_is_not_waited_for_too_long(
    server: TestServer, terminal: OpenTerminal, desk: Desk
) -> None:
    screen = terminal("keyfob", "login", server.address, "--timeout", "1", columns=600, **desk.environment)
    ended = screen.end()
    assert ended.code == 1
    assert "error: the browser did not come back in time" in ended.output
    assert not is_listening(callback(desk.wait_for_address()))


def test_json_after_a_browser_sign_in(
    server: TestServer, account: Account, terminal: OpenTerminal, machine: Machine, desk: Desk, browser: Browser
) -> None:
    screen = terminal("keyfob", "login", server.address, "--json", columns=600, rows=40, **desk.environment)
    browser.open(desk.wait_for_address())
    browser.sign_in(account)
    browser.approve()
    ended = screen.end()
    assert ended.code == 0
    report = json.loads(ended.output[ended.output.index("{"):])
    assert report["signed_in"] is True and report["account"] == "ada@example.org"
