"""Pictures of every page and terminal screen, for `make screenshots`; in `make test` it proves that each can be made."""

from demonstration.person import invitation


def test_the_pages_of_a_device_sign_in(server, account, machine, terminal, browser, pictures):
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    pictures.page(browser, "sign-in")
    browser.fill_in("Username", account.name)
    browser.fill_in("Password", "not the password")
    browser.press("Sign in")
    pictures.page(browser, "sign-in-refused")
    browser.sign_in(account)
    pictures.page(browser, "code")
    browser.enter_code("WRNG-CDEX")
    pictures.page(browser, "code-refused")
    browser.enter_code(code)
    pictures.page(browser, "approval")
    browser.approve()
    pictures.page(browser, "approved")
    assert screen.end().code == 0


def test_the_page_after_a_denial(server, account, terminal, browser, pictures):
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.deny()
    pictures.page(browser, "denied")
    assert screen.end().code == 5
    pictures.terminal(screen, "keyfob-login-denied")


def test_the_screens_of_keyfob(server, account, terminal, browser, pictures):
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    pictures.terminal(screen, "keyfob-login-waiting")
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0
    pictures.terminal(screen, "keyfob-login-done")
    for verb in (["whoami"], ["status"], ["status", "--json"], ["logout"], ["whoami"], ["--help"], ["login", "--help"]):
        screen = terminal("keyfob", *verb, rows=60)
        screen.end()
        pictures.terminal(screen, "keyfob-" + "-".join(word.strip("-") for word in verb))


def test_the_screens_of_skytells(server, account, terminal, browser, pictures):
    screen = terminal("skytells", "login")
    address, code = screen.wait_for(invitation)
    pictures.terminal(screen, "skytells-login-waiting")
    browser.open(address)
    browser.sign_in(account)
    browser.enter_code(code)
    pictures.page(browser, "approval-skytells")
    browser.approve()
    assert screen.end().code == 0
    pictures.terminal(screen, "skytells-login-done")
    for verb in (["whoami"], ["logout", "--force"], ["whoami"], ["--help"]):
        screen = terminal("skytells", *verb, rows=60)
        screen.end()
        pictures.terminal(screen, "skytells-" + "-".join(word.strip("-") for word in verb))
