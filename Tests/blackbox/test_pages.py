"""Every page: without scripts, by keyboard alone, in a narrow window, in the dark, with nothing to complain of."""

from collections.abc import Callable

import pytest
import requests
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.server import Account, TestServer
from harness.surroundings import wait_until
from harness.terminal import Terminal

from demonstration.person import invitation

OpenTerminal = Callable[..., Terminal]

# What a page has to have for somebody who hears it instead of seeing it; returns what is missing.
_SPOKEN = """
const missing = [];
const visible = e => e.type !== 'hidden';
if (!document.documentElement.lang) missing.push('language');
if (!document.title.trim()) missing.push('title');
if (document.querySelectorAll('h1').length !== 1) missing.push('one heading of the first level');
if (document.querySelectorAll('main').length !== 1) missing.push('one main part');
for (const e of document.querySelectorAll('input, select, textarea'))
  if (visible(e) && !e.labels.length && !e.getAttribute('aria-label')) missing.push('label of ' + e.name);
for (const e of document.querySelectorAll('a, button'))
  if (!e.textContent.trim() && !e.getAttribute('aria-label')) missing.push('text of ' + e.outerHTML);
for (const e of document.querySelectorAll('svg'))
  if (e.getAttribute('aria-hidden') !== 'true' && !e.getAttribute('aria-label')) missing.push('silence of an icon');
for (const e of document.querySelectorAll('[aria-describedby]'))
  for (const id of e.getAttribute('aria-describedby').split(/\\s+/))
    if (!document.getElementById(id)) missing.push('description ' + id);
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
if (new Set(ids).size !== ids.length) missing.push('unique ids');
return missing;
"""

# WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for text, 3 to 1 for large text. Returns what is below.
_FAINT = """
const channel = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 };
const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
const brush = canvas.getContext('2d', {willReadFrequently: true});
const over = (colours) => {
  brush.clearRect(0, 0, 1, 1);
  for (const c of colours) { brush.fillStyle = c; brush.fillRect(0, 0, 1, 1) }
  return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const behind = e => e ? [...behind(e.parentElement), getComputedStyle(e).backgroundColor] : [];
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
const faint = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
  if (!text || !e.checkVisibility()) continue;
  const style = getComputedStyle(e), grounds = [dark ? '#121212' : '#fff', ...behind(e)];
  const [a, b] = [light(over(grounds)), light(over([...grounds, style.color]))].sort((x, y) => y - x);
  const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const ratio = (a + .05) / (b + .05);
  if (ratio < (isLarge ? 3 : 4.5)) faint.push(text + ': ' + ratio.toFixed(2));
}
return faint;
"""


def inspect(browser: Browser) -> None:
    """Fails with what is wrong with the page in the window."""
    where = f"{browser.heading} ({browser.address})"
    assert browser.driver.execute_script(_SPOKEN) == [], where
    assert browser.driver.find_elements(By.CSS_SELECTOR, "script, iframe, object, [style], [onclick]") == [], where
    for dark in (False, True):
        for narrow in (False, True):
            browser.appear(dark=dark, narrow=narrow)
            assert not browser.overflows(), f"{where} must be scrolled sideways"
            assert browser.driver.execute_script(_FAINT) == [], f"{where}, {'dark' if dark else 'light'}"
    browser.appear()


def test_the_pages_of_a_device_sign_in(
    server: TestServer, account: Account, terminal: OpenTerminal, browser: Browser
) -> None:
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(server.address)
    assert browser.heading.startswith("Welcome")
    inspect(browser)
    browser.open(f"{address}?user_code={code}")
    assert browser.heading == "Sign in"
    inspect(browser)
    browser.sign_in(Account(account.name, "not the password"))
    assert browser.heading == "Sign in"
    inspect(browser)
    browser.sign_in(account)
    assert browser.heading == "Does your terminal show this code?"
    inspect(browser)
    browser.press("No, cancel")
    inspect(browser)
    browser.enter_code("WRNG-CDEX")
    assert browser.field("Code").get_attribute("aria-invalid") == "true"
    inspect(browser)
    browser.enter_code(code)
    assert browser.has_button("Approve")
    inspect(browser)
    approval = browser.address
    browser.approve()
    inspect(browser)
    browser.open(approval)
    assert browser.heading == "Already answered"
    inspect(browser)
    browser.open(server.address)
    assert browser.heading == "You’re signed in"
    inspect(browser)
    browser.press("Sign out")
    assert browser.heading == "You’re signed out"
    inspect(browser)
    assert screen.end().code == 0
    # The refused password and code are errors of the visitor, with the statuses that say so.
    assert [one for one in browser.complaints if " 401 " not in one and " 422 " not in one] == []


def test_the_pages_of_a_browser_sign_in(
    server: TestServer, account: Account, terminal: OpenTerminal, desk: Desk, browser: Browser
) -> None:
    terminal("keyfob", "login", server.address, **desk.environment)
    browser.open(desk.wait_for_address())
    browser.sign_in(account)
    inspect(browser)
    browser.deny()
    assert browser.heading == "Denied"
    assert browser.complaints == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing-here", 404),
        ("/authorize?response_type=code&client_id=keyfob&redirect_uri=https%3A%2F%2Fattacker.example%2F", 400),
        ("/authorize?response_type=code&client_id=nobody&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback", 400),
    ],
    ids=["not-found", "unregistered-redirect", "unknown-client"],
)
def test_a_page_that_says_no_is_a_page_too(server: TestServer, browser: Browser, path: str, status: int) -> None:
    assert requests.get(
        server.address + path, headers={"Accept": "text/html"}, timeout=30, allow_redirects=False
    ).status_code == status
    browser.open(server.address + path)
    assert browser.address.startswith(server.address)
    inspect(browser)


def test_every_page_works_without_scripts(
    server: TestServer, account: Account, terminal: OpenTerminal, desk: Desk, new_browser: Callable[..., Browser]
) -> None:
    browser = new_browser(script=False)
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0
    screen = terminal("keyfob", "login", server.address, **desk.environment)
    browser.open(desk.wait_for_address())
    browser.approve()
    assert browser.heading == "You can close this page"
    assert screen.end().code == 0


def focused(browser: Browser) -> str:
    """What has the focus, by its text or name; it must be seen to have it."""
    element = browser.driver.switch_to.active_element
    style = "const s = getComputedStyle(arguments[0]); return [s.outlineStyle, s.boxShadow]"
    outline, shadow = browser.driver.execute_script(style, element)
    assert outline != "none" or shadow != "none", f"the focus on {element.tag_name} can't be seen"
    return element.text or element.get_attribute("name")


def go_to(browser: Browser, name: str) -> None:
    """Presses Tab until something has the focus; fails after twenty steps."""
    seen = []
    while focused(browser) != name:
        seen.append(focused(browser))
        assert len(seen) < 20, f"{name} is not among {seen}"
        browser.type_keys(Keys.TAB)


def test_a_sign_in_by_keyboard_alone(
    server: TestServer, account: Account, terminal: OpenTerminal, browser: Browser
) -> None:
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    assert focused(browser) == "username"  # nobody has to look for it
    browser.type_keys(account.name, Keys.TAB)
    assert focused(browser) == "password"
    browser.type_keys(account.password, Keys.ENTER)
    wait_until(lambda: browser.heading == "Enter your code", "the page for the code")
    assert focused(browser) == "user_code"
    browser.type_keys(code, Keys.ENTER)
    wait_until(lambda: browser.has_button("Approve"), "the approval page")
    browser.type_keys(Keys.TAB)
    go_to(browser, "Approve")
    browser.type_keys(Keys.ENTER)
    wait_until(lambda: browser.heading == "You’re signed in", "the last page")
    assert screen.end().code == 0


def test_enter_alone_approves_nothing(
    server: TestServer, account: Account, terminal: OpenTerminal, browser: Browser
) -> None:
    # Somebody who types ahead must not approve by it: nothing on the page has the focus.
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.type_keys(Keys.ENTER, Keys.SPACE)
    assert browser.has_button("Approve")
    assert "Waiting" in screen.screen


def test_pages_forbid_what_they_do_not_need(server: TestServer, machine: Machine) -> None:
    for path in ("/", "/sign-in", "/device", "/nothing-here"):
        reply = requests.get(server.address + path, headers={"Accept": "text/html"}, timeout=30)
        rules = [rule.split() for rule in reply.headers["Content-Security-Policy"].split(";")]
        policy = {name: values for name, *values in rules}
        assert policy["default-src"] == ["'none'"]
        assert policy["frame-ancestors"] == ["'none'"]
        assert policy["base-uri"] == ["'none'"]
        assert "script-src" not in policy or policy["script-src"] == ["'none'"]
        assert "'unsafe-inline'" not in str(policy)
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
        assert "no-store" in reply.headers["Cache-Control"]


def test_a_cookie_is_kept_from_scripts_and_other_sites(
    server: TestServer, account: Account, browser: Browser
) -> None:
    browser.open(server.address + "/sign-in")
    browser.sign_in(account)
    cookies = browser.driver.get_cookies()
    assert cookies
    for cookie in cookies:
        assert cookie["httpOnly"], cookie["name"]
        assert cookie["sameSite"] in ("Lax", "Strict"), cookie["name"]


def test_no_page_asks_for_what_is_not_there(server: TestServer, new_browser: Callable[..., Browser]) -> None:
    browser = new_browser()  # a browser asks for the icon once
    browser.open(server.address + "/sign-in")
    wait_until(lambda: requests.get(server.address + "/favicon.ico", timeout=30).ok, "an icon", 0)
    assert browser.complaints == []
