"""`podstack`: the vendor's page from top to bottom, on the vendor's own hosts, with everything that it mentions."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.keyring import Keyring
from harness.podstack import (
    DASHBOARD, HOSTS, TOKEN_PAGE, WARNING, WORK_HOSTS, add_person, call, config, identifier, join, log_in, make_token,
    put_pod_program, stored,
)
from harness.surroundings import PROJECT
from harness.world import VendorWorld

from demonstration.person import invitation
from demonstration.server import PROGRAMS

LOGIN = """\
Opening your browser to log in to Podstack.
If it does not open, visit this address:

  {url}

Authenticated as: ada@example.org
Account ID: {id}
Project: my-project
Credentials saved to {file}"""
# The vendor's page, "Verify Authentication", and "Troubleshooting"; only the address, the id and the day are others.
STATUS = "Authenticated as: {email}\nAccount ID: {id}\nToken expires: {day}\n"
EXPIRED = "Error: Token expired\nSolution: Re-authenticate\npodstack auth login\n"
INVALID = "Error: Invalid authentication token\nSolution: Generate a new token from the dashboard\n"
PERMISSION = (
    "Error: Permission denied for resource\nSolution: Check if the token has access to the project\n"
    "podstack project list\n"
)
NOBODY = "Error: Not authenticated\nSolution: Authenticate\npodstack auth login\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[VendorWorld]:
    """The vendor's hosts, led to a server of ours."""
    one = VendorWorld(tmp_path_factory.mktemp("podstack") / "world", "podstack", HOSTS, {})
    yield one
    one.close()


@pytest.fixture(scope="module")
def chromium(world: VendorWorld) -> Browser:
    """A browser that sees the vendor's hosts."""
    return world.browser()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """The same without cookies."""
    chromium.forget()
    return chromium


@pytest.fixture
def machine(world: VendorWorld, tmp_path: Path) -> Machine:
    """A machine that sees the vendor's hosts, with a program for the vendor's `pod` command."""
    one = world.new_machine(tmp_path / "home")
    one.environment["PATH"] = f"{put_pod_program(tmp_path / 'pod')}:{one.environment['PATH']}"
    return one


@pytest.fixture(scope="module")
def ada(world: VendorWorld):
    """A person with one project."""
    return add_person(world, "ada", "my-project")


def test_the_page_from_top_to_bottom(world: VendorWorld, ada, browser, machine, tmp_path) -> None:
    # Nobody is signed in yet.
    ended = machine.run("podstack", "auth", "status")
    assert (ended.code, ended.output, ended.errors) == (4, "", NOBODY)

    # Interactive login: the browser opens, asks to log in, and configures the tool; the server restarts meanwhile.
    desk = Desk(tmp_path / "desk", machine)
    screen = world.terminal("podstack", "auth", "login", columns=700, machine=machine, **desk.environment)
    url = desk.wait_for_address()
    screen.wait_for("Waiting for you to log in...")
    assert url.startswith(f"{DASHBOARD}/authorize?response_type=code&client_id=podstack-cli&")
    browser.open(url)
    assert "Podstack" in browser.text
    browser.sign_in(ada)
    assert "Podstack CLI" in browser.text and "Create, change and delete pods" in browser.text
    world.server.restart()
    browser.approve()
    ended = screen.end()
    token = stored(machine)["auth"]["token"]
    account = identifier(world, token)
    file = "~/.podstack/config.yaml"
    assert (ended.code, ended.output) == (0, LOGIN.format(url=url, id=account, file=file))

    # The file, readable by its owner alone, in the shape of the page.
    assert (machine.mode(config(machine)), machine.mode(config(machine).parent)) == ("0600", "0700")
    assert list(stored(machine)) == ["auth", "defaults"]
    assert set(stored(machine)["auth"]) == {"token", "refresh_token", "expires", "origin"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stored(machine)["auth"]["expires"])
    assert stored(machine)["defaults"] == {"project": "my-project"}

    # auth status, auth whoami.
    day = stored(machine)["auth"]["expires"][:10]
    ended = machine.run("podstack", "auth", "status")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == STATUS.format(email="ada@example.org", id=account, day=day)
    ended = machine.run("podstack", "auth", "whoami")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        f"Email: ada@example.org\nName: ada\nAccount ID: {account}\nProfile: default\nProject: my-project\n"
    )

    # Token management.
    scopes = "account.read projects.read pods.read pods.write projects.write"
    ended = machine.run("podstack", "auth", "token-info")
    assert (ended.code, ended.errors) == (0, "")
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert ended.output == (
        f"Token: {token[:13]}****\nType: login\nSource: credentials file\nAccount ID: {account}\nScopes: {scopes}\n"
        f"Created: {today}\nToken expires: {day}\nRefreshed: automatically\n"
    )
    ended = machine.run("podstack", "auth", "refresh")
    newer = stored(machine)["auth"]["token"]
    assert newer != token and call(world, "GET", "/v1/account", newer).status_code == 200
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == f"Token refreshed: {newer[:13]}****\nToken expires: {day}\n"

    # Revoke requires authenticating again.
    ended = machine.run("podstack", "auth", "revoke")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        f"Token revoked: {newer[:13]}****\nRun podstack auth login to authenticate again.\n"
    )
    assert call(world, "GET", "/v1/account", newer).status_code == 401
    assert machine.run("podstack", "auth", "status").errors == NOBODY

    # Logout removes the token from the file, and ends it.
    log_in(world, browser, ada, tmp_path / "desk-2", machine=machine)
    token = stored(machine)["auth"]["token"]
    ended = machine.run("podstack", "auth", "logout")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == "Logged out: the token was removed from the configuration.\n"
    assert stored(machine) == {"defaults": {"project": "my-project"}}
    assert call(world, "GET", "/v1/account", token).status_code == 401
    assert machine.run("podstack", "auth", "logout").output == "You are not logged in.\n"


def test_where_there_is_no_browser_a_code_is_shown(world: VendorWorld, ada, browser, machine) -> None:
    screen = world.terminal("podstack", "auth", "login", machine=machine)
    address, code = screen.wait_for(invitation)
    assert address == f"{DASHBOARD}/device"
    browser.open(address)
    browser.sign_in(ada)
    browser.enter_code(code)
    browser.approve()
    ended = screen.end()
    account = identifier(world, stored(machine)["auth"]["token"])
    assert (ended.code, ended.output) == (0, (
        "To log in to Podstack, visit this address in a browser on any device:\n\n"
        f"  {DASHBOARD}/device\n\nand enter the code: {code}\n\n"
        f"Authenticated as: ada@example.org\nAccount ID: {account}\nProject: my-project\n"
        "Credentials saved to ~/.podstack/config.yaml"
    ))


def test_an_api_token_of_the_dashboard_signs_in(world: VendorWorld, ada, browser, machine) -> None:
    # Account > API Tokens.
    browser.open(TOKEN_PAGE)
    browser.sign_in(ada)
    assert "Account" in browser.text and browser.heading == "API Tokens"
    browser.open(DASHBOARD)
    assert "API Tokens" in browser.text
    token = make_token(browser, ada, "laptop", "30 days")
    ended = machine.run("podstack", "auth", "login", "--token", token)
    account = identifier(world, token)
    assert (ended.code, ended.errors) == (0, WARNING)
    assert ended.output == (
        f"Authenticated as: ada@example.org\nAccount ID: {account}\nProject: my-project\n"
        "Credentials saved to ~/.podstack/config.yaml\n"
    )
    auth = stored(machine)["auth"]
    assert auth == {"token": token, "expires": auth["expires"], "origin": "pasted"}
    in_30_days = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86_400))
    assert auth["expires"].startswith(in_30_days)
    ended = machine.run("podstack", "auth", "status")
    assert ended.output == STATUS.format(email="ada@example.org", id=account, day=in_30_days)

    # It can't be refreshed, and a logout leaves it to the others that have it.
    ended = machine.run("podstack", "auth", "refresh")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == (
        f"Error: This token can't be refreshed\nSolution: Generate a new token at {TOKEN_PAGE}\n"
    )
    ended = machine.run("podstack", "auth", "logout")
    assert ended.output.startswith("Logged out: the token was removed from the configuration.\n")
    assert "was not revoked" in ended.output
    assert call(world, "GET", "/v1/account", token).status_code == 200

    # Piped in, it leaves no warning; revoked, it is dead everywhere.
    ended = machine.run("podstack", "auth", "login", "--token", "-", text=token + "\n")
    assert (ended.code, ended.errors) == (0, "")
    assert machine.run("podstack", "auth", "revoke").code == 0
    assert call(world, "GET", "/v1/account", token).status_code == 401


def test_the_token_page_shows_a_token_once_and_allows_five(world: VendorWorld, browser) -> None:
    grace = add_person(world, "grace")
    tokens = [make_token(browser, grace, f"job {number}", "Never") for number in range(5)]
    browser.open(TOKEN_PAGE)
    assert all(f"job {number}" in browser.text for number in range(5)) and tokens[4][:13] in browser.text
    assert not any(token in browser.driver.page_source for token in tokens)
    browser.open(f"{TOKEN_PAGE}/new")
    assert all(life in browser.text for life in ("7 days", "30 days", "90 days", "180 days", "365 days", "Never"))
    for words in ("See your projects", "Create, change and delete pods"):
        assert words in browser.text  # minimal permissions can be chosen
    browser.fill_in("Name", "a sixth")
    browser.press("Create")
    assert not browser.has_field("Your API token")


def test_the_variable_needs_no_login_and_wins(world: VendorWorld, ada, browser, machine) -> None:
    token = make_token(browser, ada, "variable", "Never")
    ended = machine.run("podstack", "auth", "status", PODSTACK_API_TOKEN=token)
    account = identifier(world, token)
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == STATUS.format(email="ada@example.org", id=account, day="never")
    assert not config(machine).exists()
    ended = machine.run("podstack", "auth", "login", "--token", "-", text=token, PODSTACK_API_TOKEN=token)
    assert "PODSTACK_API_TOKEN is set" in ended.errors
    machine.run("podstack", "auth", "logout", PODSTACK_API_TOKEN=token)
    assert call(world, "GET", "/v1/account", token).status_code == 200


def test_profiles_are_several_accounts_at_several_endpoints(world: VendorWorld, ada, browser, tmp_path) -> None:
    office = VendorWorld(tmp_path / "office", "podstack", WORK_HOSTS, {})
    try:
        bob = add_person(office, "bob", "work-project")
        machine = join(world, office, tmp_path / "home")
        machine.environment["PATH"] = f"{put_pod_program(tmp_path / 'pod')}:{machine.environment['PATH']}"
        mine = make_token(browser, ada, "mine")
        page = "https://api.work.podstack.ai/account/api-tokens"
        theirs = make_token(office.browser(), bob, "theirs", page=page)
        # The page's own file.
        config(machine).parent.mkdir(mode=0o700)
        config(machine).write_text(
            f"profiles:\n  default:\n    token: {mine}\n    project: personal-project\n"
            f"  work:\n    token: {theirs}\n    project: work-project\n"
            "    api_endpoint: https://api.work.podstack.ai\n"
        )
        config(machine).chmod(0o600)
        before = config(machine).read_text()
        ended = machine.run("podstack", "auth", "whoami")
        assert (ended.code, ended.errors) == (0, "")
        assert ended.output.startswith("Email: ada@example.org\n")
        assert ended.output.endswith("Profile: default\nProject: personal-project\n")

        # One command with another profile.
        ended = machine.run("podstack", "--profile", "work", "pod", "list")
        assert (ended.code, ended.errors) == (0, "")
        assert ended.output == (
            "pod list () in work-project as work at https://api.work.podstack.ai\naccount: 200, project: 200\n"
        )
        assert config(machine).read_text() == before

        # From now on.
        ended = machine.run("podstack", "config", "set-profile", "work")
        assert (ended.code, ended.output, ended.errors) == (0, "Active profile: work\n", "")
        assert stored(machine)["current_profile"] == "work"
        assert machine.run("podstack", "config", "get-profile").output == "work\n"
        assert machine.run("podstack", "auth", "whoami").output.startswith("Email: bob@example.org\n")
        ended = machine.run("podstack", "auth", "whoami", "--profile", "default")
        assert ended.output.startswith("Email: ada@example.org\n")
        assert machine.run("podstack", "config", "get-profile", PODSTACK_PROFILE="default").output == "default\n"

        # A logout of one leaves the other, and the settings of both.
        assert machine.run("podstack", "auth", "logout").code == 0
        assert stored(machine)["profiles"] == {
            "default": {"token": mine, "project": "personal-project"},
            "work": {"project": "work-project", "api_endpoint": "https://api.work.podstack.ai"},
        }
    finally:
        office.close()


def test_a_project_is_chosen_by_command_variable_and_option(world: VendorWorld, browser, machine) -> None:
    hedy = add_person(world, "hedy", "my-project", "other")
    token = make_token(browser, hedy, "laptop")
    assert machine.run("podstack", "auth", "login", "--token", "-", text=token).code == 0
    # Two projects: none is chosen for the person.
    ended = machine.run("podstack", "project", "current")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == "Error: No project is set\nSolution: Choose one\npodstack project use NAME\n"

    ended = machine.run("podstack", "project", "use", "my-project")
    assert (ended.code, ended.output, ended.errors) == (0, "Project: my-project\n", "")
    assert stored(machine)["defaults"] == {"project": "my-project"}
    ended = machine.run("podstack", "project", "current")
    assert ended.output == "Project: my-project\nSource: profile default\n"
    ended = machine.run("podstack", "project", "current", PODSTACK_PROJECT="other")
    assert ended.output == "Project: other\nSource: PODSTACK_PROJECT env var\n"
    ended = machine.run("podstack", "--project", "third", "project", "current", PODSTACK_PROJECT="other")
    assert ended.output == "Project: third\nSource: --project\n"
    ended = machine.run("podstack", "project", "current", "-o", "json")
    assert json.loads(ended.output) == {"project": "my-project", "source": "profile default"}

    listed = call(world, "GET", "/v1/projects", token).json()["projects"]
    ended = machine.run("podstack", "project", "list")
    rows = "".join(f"{one['slug']:10}  {one['name']:10}  {one['id']}\n" for one in listed)
    assert (ended.code, ended.output) == (0, f"{'PROJECT':10}  {'NAME':10}  ID\n" + rows)
    assert machine.run("podstack", "project", "list", "--quiet").output.split() == [one["id"] for one in listed]
    ended = machine.run("podstack", "project", "use", listed[1]["id"])
    assert ended.output == "Project: other\n"

    # A token that may do more makes one.
    ended = machine.run("podstack", "project", "create", "--name", "Third")
    assert (ended.code, ended.errors) == (5, PERMISSION)


def test_projects_are_made_by_a_login(world: VendorWorld, browser, machine, tmp_path) -> None:
    joan = add_person(world, "joan")
    screen = log_in(world, browser, joan, tmp_path / "desk", machine=machine)
    assert "Project:" not in screen
    assert machine.run("podstack", "project", "list").output == "There are no projects yet.\n"
    ended = machine.run("podstack", "project", "create", "--name", "My Models", "--desc", "for tests", "-o", "json")
    made = json.loads(ended.output)
    assert (made["name"], made["slug"], made["description"]) == ("My Models", "my-models", "for tests")
    assert machine.run("podstack", "project", "use", "My Models").output == "Project: my-models\n"
    asked = world.terminal("podstack", "project", "create", machine=machine)
    for question, answer in (("Name:", "Two"), ("Description (optional):", ""), ("the default project?", "y")):
        asked.wait_for(question)
        asked.type(answer)
        asked.press("enter")
    assert asked.end().code == 0
    assert machine.run("podstack", "project", "current").output.startswith("Project: two\n")


def test_the_keyring_keeps_the_token_out_of_the_file(world: VendorWorld, ada, browser, machine, tmp_path) -> None:
    keyring = Keyring(machine)
    try:
        keyring.unlock()
        desk = Desk(tmp_path / "desk", machine)
        screen = world.terminal("podstack", "auth", "login", "--use-keyring", columns=700, machine=machine,
                                **(keyring.environment | desk.environment))
        browser.open(desk.wait_for_address())
        browser.sign_in(ada)
        browser.approve()
        ended = screen.end()
        assert ended.code == 0
        assert ended.output.endswith("Project: my-project\nCredentials saved to the keyring")
        auth = stored(machine)["auth"]
        assert auth["store"] == "keyring" and not {"token", "refresh_token"} & set(auth)
        kept = keyring.look_up("podstack:default")
        assert "eyJ" in kept and "kfr_" in kept
        assert "eyJ" not in config(machine).read_text()
        ended = machine.run("podstack", "auth", "status", **keyring.environment)
        assert ended.output.startswith("Authenticated as: ada@example.org\n")
        # A refresh stays there.
        assert machine.run("podstack", "auth", "refresh", **keyring.environment).code == 0
        assert keyring.look_up("podstack:default") != kept
        assert "token" not in stored(machine)["auth"]
        # A keyring that does not answer is said to be what is wrong, and nothing is lost.
        keyring.lock()
        ended = machine.run("podstack", "auth", "status", **keyring.environment)
        assert ended.code == 1 and "locked" in ended.errors
        keyring.unlock()
        assert machine.run("podstack", "auth", "logout", **keyring.environment).code == 0
        assert keyring.look_up("podstack:default") is None
        # Without a keyring nothing is written in clear instead.
        keyring.leave()
        ended = machine.run("podstack", "auth", "login", "--use-keyring", **keyring.environment)
        assert ended.code == 1 and ended.errors.startswith("Error: ")
        assert "token" not in config(machine).read_text()
    finally:
        keyring.close()


def test_the_errors_of_the_page(world: VendorWorld, browser, machine, tmp_path) -> None:
    mary = add_person(world, "mary", "my-project")
    # Expired: an API token whose time is over, as the file says.
    token = make_token(browser, mary, "short")
    assert machine.run("podstack", "auth", "login", "--token", "-", text=token).code == 0
    text = config(machine).read_text()
    expires = stored(machine)["auth"]["expires"]
    config(machine).write_text(text.replace(expires, "2024-12-31T00:00:00Z"))
    for arguments in (("auth", "status"), ("project", "list"), ("pod", "list")):
        ended = machine.run("podstack", *arguments)
        assert (ended.code, ended.output, ended.errors) == (4, "", EXPIRED)
    # Expired: a login that was ended on the server, and can't be refreshed any more.
    log_in(world, browser, mary, tmp_path / "desk", machine=machine)
    auth = stored(machine)["auth"]
    revoked = call(world, "POST", "/oauth/revoke",
                   data={"token": auth["refresh_token"], "client_id": "podstack-cli"})
    assert revoked.status_code == 200
    config(machine).write_text(config(machine).read_text().replace(auth["expires"], "2024-12-31T00:00:00Z"))
    ended = machine.run("podstack", "auth", "status")
    assert (ended.code, ended.output, ended.errors) == (4, "", EXPIRED)

    # Invalid: of another shape, unknown, revoked; what was stored stays.
    before = config(machine).read_text()
    for bad, code in (("nonsense", 1), (token[:-1] + ("a" if token[-1] != "a" else "b"), 4)):
        ended = machine.run("podstack", "auth", "login", "--token", "-", text=bad)
        assert (ended.code, ended.output, ended.errors) == (code, "", INVALID)
    assert config(machine).read_text() == before
    browser.open(TOKEN_PAGE)
    browser.driver.find_element("link text", "Revoke").click()
    browser.press("Revoke")
    ended = machine.run("podstack", "auth", "status", PODSTACK_API_TOKEN=token)
    assert (ended.code, ended.output, ended.errors) == (4, "", INVALID)

    # Permission denied: a project that the token has no access to, real or not.
    add_person(world, "eve", "secret")
    good = make_token(browser, mary, "good")
    for project in ("secret", "eve-lab/secret", "nothing"):
        ended = machine.run("podstack", "project", "use", project, PODSTACK_API_TOKEN=good)
        assert (ended.code, ended.output, ended.errors) == (5, "", PERMISSION)
    ended = machine.run("podstack", "project", "list", PODSTACK_API_TOKEN=good)
    assert "my-project" in ended.output and "secret" not in ended.output


def test_help_manual_and_completions_are_the_products_own(machine) -> None:
    assert re.fullmatch(r"podstack \S+ \(unofficial, compatible with Podstack\)\n",
                        machine.run("podstack", "--version").output)
    shown = machine.run("podstack", "--help").output
    for text in ("PODSTACK_API_TOKEN", "~/.podstack/config.yaml", "keyring", "auth", "project", "config", "--profile",
                 "--project", "--quiet", "--yes", "podstack-X", "not made by Podstack", "-o, --output"):
        assert text in shown, text
    shown = machine.run("podstack", "auth", "--help").output
    for verb in ("login", "logout", "status", "whoami", "token-info", "refresh", "revoke"):
        assert verb in shown
    shown = machine.run("podstack", "auth", "login", "--help").output
    assert "--token" in shown and "--use-keyring" in shown and TOKEN_PAGE in shown
    assert machine.run("podstack", "config", "path").output == f"{config(machine)}\n"
    for shell in ("bash", "zsh", "fish"):
        assert "podstack" in machine.run("podstack", "completion", shell).output
    assert "PODSTACK_API_TOKEN" in machine.run("podstack", "help-man").output


@pytest.mark.parametrize("product", ["podstack"])
def test_make_run_plays_the_page(product: str, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    played = subprocess.run(
        [sys.executable, PROJECT / "Scripts/demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env=Machine(tmp_path / "home").environment | {
            "TMPDIR": str(place), "KEYFOB_PROGRAMS": str(PROGRAMS), "PRODUCT": product, "DEMO": "auto",
        },
        timeout=240, check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "Done." in played.stdout
    assert os.listdir(place) == []
