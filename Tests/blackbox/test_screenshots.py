"""Pictures of every page and terminal screen, for `make screenshots`; in `make test` it proves that each can be made."""

from demonstration.person import invitation


def take_screens(terminal, pictures, program, commands):
    """Pictures of what commands end with, by the pictures' names."""
    for name, arguments in commands.items():
        screen = terminal(program, *arguments, rows=60)
        screen.end()
        pictures.terminal(screen, f"{program}-{name}")


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
    take_screens(terminal, pictures, "keyfob", {
        "whoami": ["whoami"], "whoami-explain": ["whoami", "--explain"], "status": ["status"],
        "status-json": ["status", "--json"], "logout": ["logout"], "whoami-signed-out": ["whoami"],
        "help": ["--help"], "login-help": ["login", "--help"],
    })


def test_the_pages_around_a_sign_in(server, account, terminal, browser, pictures):
    screen = terminal("keyfob", "login", server.address, "--device")
    address, code = screen.wait_for(invitation)
    browser.open(server.address)
    pictures.page(browser, "home")
    browser.open(f"{address}?user_code={code}")
    browser.sign_in(account)
    pictures.page(browser, "confirm-code")
    browser.press("Continue")
    approval = browser.address
    browser.approve()
    browser.open(approval)
    pictures.page(browser, "already-answered")
    browser.open(server.address)
    pictures.page(browser, "home-signed-in")
    browser.press("Sign out")
    pictures.page(browser, "signed-out")
    browser.open(server.address + "/nothing-here")
    pictures.page(browser, "not-found")
    browser.open(server.address + "/authorize?response_type=code&client_id=keyfob&redirect_uri=https%3A%2F%2Fa.example")
    pictures.page(browser, "problem")
    assert screen.end().code == 0


def test_the_pages_and_screens_of_a_browser_sign_in(server, account, terminal, desk, browser, pictures):
    screen = terminal("keyfob", "login", server.address, **desk.environment)
    browser.open(desk.wait_for_address())
    screen.wait_for("Waiting for your approval")
    pictures.terminal(screen, "keyfob-login-browser")
    browser.sign_in(account)
    pictures.page(browser, "browser-approval")
    browser.approve()
    pictures.page(browser, "browser-approved")
    assert screen.end().code == 0
    screen = terminal("keyfob", "login", server.address, **desk.environment)
    browser.open(desk.wait_for_address(2))
    browser.deny()
    pictures.page(browser, "browser-denied")
    assert screen.end().code == 5


def test_the_screens_of_errors(short_lived_server, machine, terminal, pictures):
    for name, arguments in {
        "keyfob-login-expired": ("keyfob", "login", short_lived_server.address),
        "keyfob-login-unreachable": ("keyfob", "login", "http://127.0.0.1:1"),
        "keyfob-no-such-command": ("keyfob", "logn"),
        "skytells-login-expired": ("skytells", "login"),
    }.items():
        screen = terminal(*arguments)
        assert screen.end().code != 0
        pictures.terminal(screen, name)
    screen = terminal("keyfob", "login", short_lived_server.address)
    screen.wait_for(invitation)
    screen.press("ctrl+c")
    assert screen.end().code == 130
    pictures.terminal(screen, "keyfob-login-interrupted")
