"""Pictures of Podstack's pages and terminal screens, for `make screenshots`; here it proves that each can be made."""

from harness.desk import Desk
from harness.podstack import DASHBOARD, HOSTS, TOKEN_PAGE, add_person, make_token
from harness.server import Account

from demonstration.person import invitation


def test_the_pages_and_screens_of_podstack(vendor_world, pictures, tmp_path):
    world = vendor_world("podstack", HOSTS)
    browser = world.browser()
    ada: Account = add_person(world, "ada", "my-project")

    def take(name: str, *arguments: str, **environment: str) -> None:
        screen = world.terminal("podstack", *arguments, rows=60, **environment)
        screen.end()
        pictures.terminal(screen, f"podstack-{name}")

    take("status-signed-out", "auth", "status")
    desk = Desk(tmp_path / "desk", world.machine)
    screen = world.terminal("podstack", "auth", "login", **desk.environment)
    browser.open(desk.wait_for_address())
    screen.wait_for("Waiting for you to log in")
    pictures.terminal(screen, "podstack-login-browser")
    pictures.page(browser, "podstack-sign-in")
    browser.sign_in(ada)
    pictures.page(browser, "podstack-approval")
    browser.approve()
    pictures.page(browser, "podstack-approved")
    assert screen.end().code == 0
    pictures.terminal(screen, "podstack-login-done")

    screen = world.terminal("podstack", "--profile", "other", "auth", "login")
    address, code = screen.wait_for(invitation)
    pictures.terminal(screen, "podstack-login-code")
    browser.open(address)
    pictures.page(browser, "podstack-code")
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0

    for name, arguments in {
        "status": ["auth", "status"], "whoami": ["auth", "whoami"], "token-info": ["auth", "token-info"],
        "refresh": ["auth", "refresh"], "project-list": ["project", "list"], "project-current": ["project", "current"],
        "project-denied": ["project", "use", "not-mine"], "config-show": ["config", "show"],
        "status-json": ["auth", "status", "-o", "json"], "help": ["--help"], "auth-help": ["auth", "--help"],
        "login-help": ["auth", "login", "--help"], "project-help": ["project", "--help"],
        "revoke": ["--yes", "auth", "revoke"], "logout": ["--profile", "other", "auth", "logout"],
    }.items():
        take(name, *arguments)
    token = make_token(browser, ada, "GitHub Actions", "90 days")
    pictures.page(browser, "podstack-token-created")
    browser.open(TOKEN_PAGE)
    pictures.page(browser, "podstack-tokens")
    browser.open(f"{TOKEN_PAGE}/new")
    pictures.page(browser, "podstack-token-new")
    browser.open(DASHBOARD)
    pictures.page(browser, "podstack-home")
    take("login-token", "auth", "login", "--token", token)
    take("login-invalid", "auth", "login", "--token", token[:-1])
