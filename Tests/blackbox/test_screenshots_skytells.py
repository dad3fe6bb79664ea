"""Pictures of the pages and terminal screens of `skytells`, for `make screenshots`."""

import json

from demonstration.person import invitation
from test_screenshots import take_screens


def test_the_pages_and_screens_of_skytells(server, account, machine, terminal, browser, pictures):
    server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", account.name)
    server.operate("project", "add", "lab", "Vision", "--slug", "vision")
    made = server.operate("project", "key", "add", "vision", "--dialect", "skytells", "--name", "laptop", "--json")
    screen = terminal("skytells", "login")
    address, code = screen.wait_for(invitation)
    pictures.terminal(screen, "skytells-login-waiting")
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    pictures.page(browser, "skytells-approval")
    browser.approve()
    pictures.page(browser, "skytells-approved")
    assert screen.end().code == 0
    pictures.terminal(screen, "skytells-login-done")
    assert machine.run("skytells", "link", text=json.loads(made)["key"] + "\n").code == 0
    take_screens(terminal, pictures, "skytells", {
        "whoami": ["whoami"], "logout": ["logout", "--force"], "whoami-signed-out": ["whoami"], "help": ["--help"],
        "login-help": ["login", "--help"], "link-refused": ["link", "sk_proj_" + "0" * 40],
    })


def test_the_pages_of_personal_access_tokens(server, account, browser, pictures):
    browser.open(server.address + "/settings/tokens")
    browser.sign_in(account)
    pictures.page(browser, "skytells-tokens-none")
    browser.open(server.address + "/settings/tokens/new")
    pictures.page(browser, "skytells-token-new")
    browser.fill_in("Name", "laptop")
    browser.press("Create")
    pictures.page(browser, "skytells-token-secret")
    browser.open(server.address + "/settings/tokens")
    pictures.page(browser, "skytells-tokens")
    browser.driver.find_element("link text", "Revoke").click()
    pictures.page(browser, "skytells-token-revoke")
    browser.press("Revoke")
    pictures.page(browser, "skytells-tokens-revoked")
