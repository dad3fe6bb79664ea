"""Pictures of cldkctl's pages and screens, to look at."""

from harness.cldkctl import TOKENS, machine, ours, portal, token  # noqa: F401 (fixtures)
from harness.cldkctl import PORTAL


def test_the_pages_of_the_portal(portal, token, pictures):
    browser = portal.world.browser()
    browser.open(f"{TOKENS}/new")
    pictures.page(browser, "cldkctl-sign-in")
    browser.sign_in(portal.ada)
    pictures.page(browser, "cldkctl-new-token")
    browser.fill_in("Token Name", "laptop")
    browser.press("Create")
    pictures.page(browser, "cldkctl-secret")
    browser.open(TOKENS)
    pictures.page(browser, "cldkctl-tokens")
    browser.driver.find_element("link text", "Revoke").click()
    pictures.page(browser, "cldkctl-revoke")
    browser.open(PORTAL)
    pictures.page(browser, "cldkctl-home")
    browser.open(TOKENS)
    browser.driver.find_element("partial link text", "Change").click()
    pictures.page(browser, "cldkctl-edit")


def test_the_screens_of_cldkctl(portal, ours, token, pictures):
    def take(name: str, *words: str, **environment: str) -> None:
        screen = portal.world.terminal("cldkctl", *words, machine=ours, columns=110, rows=60, **environment)
        screen.end()
        pictures.terminal(screen, f"cldkctl-{name}")

    screen = portal.world.terminal("cldkctl", "auth", machine=ours)
    screen.wait_for("Enter your token:")
    screen.type(token)
    screen.press("enter")
    screen.end()
    pictures.terminal(screen, "cldkctl-auth")
    take("auth-argument", "auth", token)
    take("auth-malformed", "auth", "cldk_x")
    take("auth-refused", "auth", "cldkctl_" + "0" * 32)
    take("profile", "profile", "-P", "vision")
    take("token-create", "token", "create", "--name", "ci", "--expired", "31/12/2030")
    take("token-list", "token", "list")
    take("token-unknown", "token", "edit", "nothing", "-n", "x")
    take("help", "--help")
    take("auth-help", "auth", "-h")
    take("no-program", "vm", "list")
    take("logout", "logout")
    take("not-authenticated", "profile")
