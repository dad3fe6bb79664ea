"""Pictures of every page and terminal screen of `pipecat`, for `make screenshots`."""

from collections.abc import Callable

import pytest

from harness.desk import Desk
from harness.pipecat import DASHBOARD, HOSTS, config, settle
from harness.pictures import Pictures
from harness.server import Account
from harness.world import VendorWorld

from demonstration.person import invitation


@pytest.fixture
def world(vendor_world: Callable[..., VendorWorld]) -> VendorWorld:
    """The vendor's API and dashboard, led to a server of ours."""
    return vendor_world("pipecat", HOSTS)


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """A person with two organizations."""
    return settle(world)


def take(world: VendorWorld, pictures: Pictures, name: str, *words: str, **environment: str) -> None:
    """A picture of what a command ends with."""
    screen = world.terminal("pipecat", *words, rows=60, **environment)
    screen.end()
    pictures.terminal(screen, f"pipecat-{name}")


def test_the_pages_and_screens_of_the_token_flow(world: VendorWorld, ada: Account, pictures: Pictures) -> None:
    browser = world.browser()
    take(world, pictures, "whoami-signed-out", "cloud", "auth", "whoami")
    screen = world.terminal("pipecat", "cloud", "auth", "login", "--headless", columns=120)
    address, code = screen.wait_for(invitation)
    pictures.terminal(screen, "pipecat-login-waiting")
    browser.open(address)
    pictures.page(browser, "pipecat-sign-in")
    browser.sign_in(ada)
    pictures.page(browser, "pipecat-code")
    browser.enter_code(code)
    pictures.page(browser, "pipecat-approval")
    browser.approve()
    pictures.page(browser, "pipecat-approved")
    assert screen.end().code == 0
    pictures.terminal(screen, "pipecat-login-done")

    take(world, pictures, "whoami", "cloud", "auth", "whoami")
    take(world, pictures, "organizations", "cloud", "organizations", "list")
    take(world, pictures, "key-create", "cloud", "organizations", "keys", "create", "-n", "Test Key", "-d")
    take(world, pictures, "keys", "cloud", "organizations", "keys", "list")
    take(world, pictures, "config", "cloud", "--config")
    screen = world.terminal("pipecat", "cloud", "organizations", "select")
    screen.wait_for("Number:")
    pictures.terminal(screen, "pipecat-select")
    screen.press("ctrl+c")
    take(world, pictures, "logout", "cloud", "auth", "logout")
    take(world, pictures, "help", "--help")
    take(world, pictures, "login-help", "cloud", "auth", "login", "--help")
    config(world.machine).write_text("token = \n")
    take(world, pictures, "malformed", "cloud", "auth", "whoami")
    take(world, pictures, "malformed-logout", "cloud", "auth", "logout")

    browser.open(f"{DASHBOARD}/")
    pictures.page(browser, "pipecat-home")
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens/new")
    pictures.page(browser, "pipecat-new-token")
    browser.fill_in("Name", "ci")
    browser.press("Create")
    pictures.page(browser, "pipecat-token-secret")
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens")
    pictures.page(browser, "pipecat-tokens")


def test_the_pages_and_screens_of_the_browser_flow(world: VendorWorld, ada: Account, pictures, tmp_path) -> None:
    browser = world.browser()
    desk = Desk(tmp_path / "desk", world.machine)
    screen = world.terminal("pipecat", "cloud", "auth", "login", **desk.environment)
    browser.open(desk.wait_for_address())
    screen.wait_for("Waiting for authentication")
    pictures.terminal(screen, "pipecat-login-browser")
    browser.sign_in(ada)
    pictures.page(browser, "pipecat-browser-approval")
    browser.approve()
    pictures.page(browser, "pipecat-browser-approved")
    assert screen.end().code == 0
