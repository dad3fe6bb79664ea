"""Pictures of every page and terminal screen of `videosdk`."""

from harness.desk import Desk
from harness.videosdk import DASHBOARD, file_of, link_on, new_world, write_file


def test_the_pages_and_screens_of_videosdk(tmp_path, pictures):
    world = new_world(tmp_path / "world")
    try:
        machine, browser = world.machine, world.browser()
        screen = world.terminal("videosdk", "auth", "login", columns=120)
        link = link_on(screen)
        screen.wait_for("Waiting for authentication...")
        pictures.terminal(screen, "videosdk-login-address")
        browser.open(link)
        pictures.page(browser, "sign-in-videosdk")
        browser.sign_in(world.ada)
        pictures.page(browser, "approval-videosdk")
        browser.deny()
        pictures.page(browser, "denied-videosdk")
        assert screen.end().code == 5
        pictures.terminal(screen, "videosdk-login-denied")

        desk = Desk(tmp_path / "desk", machine)
        screen = world.terminal("videosdk", "auth", "login", columns=120, **desk.environment)
        link = desk.wait_for_address()
        screen.wait_for("Waiting for authentication...")
        pictures.terminal(screen, "videosdk-login-waiting")
        browser.open(link)
        browser.approve()
        pictures.page(browser, "approved-videosdk")
        assert screen.end().code == 0
        pictures.terminal(screen, "videosdk-login-done")
        browser.open(link)
        pictures.page(browser, "already-answered-videosdk")
        browser.open(f"{DASHBOARD}/cli/confirm-auth?requestId=abc123xyz")
        pictures.page(browser, "unknown-link-videosdk")
        browser.open(DASHBOARD)
        pictures.page(browser, "home-videosdk")

        for name, arguments, code in (
            ("whoami", ["auth", "whoami"], 0), ("logout", ["auth", "logout"], 0),
            ("whoami-signed-out", ["auth", "whoami"], 4), ("logout-signed-out", ["auth", "logout"], 0),
            ("help", ["--help"], 0), ("auth-help", ["auth", "--help"], 0), ("login-help", ["auth", "login", "--help"], 0),
            ("mistyped", ["auth", "logn"], 2), ("agent", ["agent", "deploy"], 4),
        ):
            screen = world.terminal("videosdk", *arguments)
            assert screen.end().code == code
            pictures.terminal(screen, f"videosdk-{name}")

        write_file(machine, {"VIDEOSDK_AUTH_TOKEN": "not.a.token"}, 0o644)
        screen = world.terminal("videosdk", "auth", "whoami")
        assert screen.end().code == 4
        pictures.terminal(screen, "videosdk-whoami-refused")
        file_of(machine).write_text("not json")
        screen = world.terminal("videosdk", "auth", "login", columns=120)
        link_on(screen)
        screen.press("ctrl+c")
        assert screen.end().code == 130
        pictures.terminal(screen, "videosdk-login-cancelled")
    finally:
        world.close()
