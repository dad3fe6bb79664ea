"""`skytells`: the vendor's page from top to bottom, on the vendor's own hosts, with everything that it mentions."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import requests

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.journeys import credentials
from harness.server import Account
from harness.surroundings import PROJECT
from harness.world import VendorWorld

from demonstration.person import invitation
from demonstration.server import PROGRAMS

CONSOLE = "https://console.skytells.ai"

# The vendor's page, "Example terminal output"; the code is another each time.
LOGIN = """\
⠋ Initiating device authorization...

  Your device code is: {code}

  Open this URL in your browser to authorize:
  https://console.skytells.ai/device

  Waiting for authorization...
✔ Authenticated successfully!
  Credentials saved to ~/.config/skytells/credentials.json"""
SCOPES = "inference,projects.read,projects.write,deployments.read,deployments.write"


@pytest.fixture
def world(vendor_world: Callable[..., VendorWorld]) -> VendorWorld:
    """The vendor's console, led to a server of ours."""
    return vendor_world("skytells", {"console": "console.skytells.ai"})


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """A person with an organization and a project."""
    account = world.add_account("ada")
    world.server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", "ada")
    world.server.operate("project", "add", "lab", "Vision", "--slug", "vision")
    return account


@pytest.fixture
def api(world: VendorWorld) -> Iterator[Callable[..., requests.Response]]:
    """The vendor's API as any program reaches it: `api("GET", "/path", token)`."""

    def call(method: str, path: str, token: str = "", **more: object) -> requests.Response:
        headers = {"Host": "console.skytells.ai"} | ({"Authorization": f"Bearer {token}"} if token else {})
        inner = f"http://127.0.0.1:{world.server.inner_port}"
        return requests.request(method, inner + path, headers=headers, timeout=30, **more)

    yield call


def stored(machine: Machine) -> dict:
    """The credential file."""
    return json.loads(credentials(machine, "skytells").read_text())


def sign_in(world: VendorWorld, browser: Browser, account: Account, *options: str, **environment: str) -> str:
    """A login at a terminal, approved in the browser; returns the whole screen."""
    screen = world.terminal("skytells", "login", *options, **environment)
    address, code = screen.wait_for(invitation)
    assert address == f"{CONSOLE}/device"
    browser.open(address)
    if browser.has_button("Sign in"):
        browser.sign_in(account)
    browser.enter_code(code)
    browser.approve()
    ended = screen.end()
    assert ended.code == 0, ended.output
    assert ended.output == LOGIN.format(code=code)
    return ended.output


def make_token(browser: Browser, name: str) -> str:
    """A personal access token, made on the console's page; returns the secret that it shows once."""
    browser.open(f"{CONSOLE}/settings/tokens/new")
    browser.fill_in("Name", name)
    browser.press("Create")
    return browser.field("Your token").get_attribute("value")


def test_the_page_from_top_to_bottom(world: VendorWorld, ada: Account, api, tmp_path) -> None:
    browser = world.browser()
    machine = world.machine

    # It must be run before any command that contacts the API.
    ended = machine.run("skytells", "whoami")
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors == "✖ Not authenticated\n  Run skytells login first.\n"

    # Device flow: the code and the address appear, the browser opens, the person approves, the token is stored.
    desk = Desk(tmp_path / "desk", machine)
    screen = world.terminal("skytells", "login", **desk.environment)
    address, code = screen.wait_for(invitation)
    assert re.fullmatch("[A-Z]{4}-[0-9]{4}", code)
    assert address == f"{CONSOLE}/device"
    opened = desk.wait_for_address()
    assert opened == f"{CONSOLE}/device?user_code={code}"
    browser.open(opened)
    assert "Skytells" in browser.text
    browser.sign_in(ada)
    browser.press("Continue")
    assert "Run inference requests" in browser.text and "Skytells CLI" in browser.text
    world.server.restart()
    browser.approve()
    ended = screen.end()
    assert (ended.code, ended.output) == (0, LOGIN.format(code=code))

    # ~/.config/skytells/credentials.json, mode 0600.
    file = credentials(machine, "skytells")
    assert (machine.mode(file), machine.mode(file.parent)) == ("0600", "0700")
    token = stored(machine)["token"]
    assert re.fullmatch("sk_pat_[0-9a-f]{64}", token)

    # It persists: other processes, another life of the server.
    world.server.restart()
    ended = machine.run("skytells", "whoami")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == f"ℹ Token: {token[:11]}...\nℹ Source: credentials file\n✔ Token is valid!\n"
    assert [project["slug"] for project in api("GET", "/api/v1/cli/projects", token).json()] == ["vision"]

    # To work with a specific project, link its access key.
    made = json.loads(world.server.operate(
        "project", "key", "add", "lab/vision", "--dialect", "skytells", "--name", "laptop", "--json",
    ))
    key = made["key"]
    assert re.fullmatch("sk_proj_[0-9a-f]{40}", key)
    ended = machine.run("skytells", "link", key)
    assert ended.code == 0
    assert ended.output == (
        "✔ Access key verified!\nℹ Linked to project: Vision\n"
        "ℹ Credentials saved to ~/.config/skytells/credentials.json\n"
    )
    assert ended.errors.count("\n") == 1 and "SKYTELLS_ACCESS_KEY" in ended.errors  # a key on the command line
    ended = machine.run("skytells", "whoami", "--json")
    project = api("GET", "/api/v1/cli/project", key).json()
    assert (project["name"], project["slug"]) == ("Vision", "vision")
    assert json.loads(ended.output) == {
        "token": {"prefix": token[:11], "source": "credentials_file", "verified": True},
        "access_key": {"prefix": key[:12], "source": "credentials_file", "project": project},
    }

    # Until you log out.
    ended = machine.run("skytells", "logout", "--force")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output == (
        "✔ Logged out. Credentials removed.\n"
        "ℹ The project's access key stays linked; skytells link --remove removes it.\n"
    )
    assert api("GET", "/api/v1/cli/projects", token).status_code == 401
    assert stored(machine)["access_key"] == key


def test_a_personal_access_token_is_made_on_the_page_and_pasted(world: VendorWorld, ada: Account, api) -> None:
    browser = world.browser()
    browser.open(f"{CONSOLE}/settings/tokens")
    browser.sign_in(ada)
    assert "Access tokens" in browser.text
    token = make_token(browser, "laptop")
    assert re.fullmatch("sk_pat_[0-9a-f]{64}", token)

    screen = world.terminal("skytells", "login", "--token")
    screen.wait_for("Paste your personal access token:")
    assert not screen.echoes
    screen.type(token)
    screen.press("enter")
    ended = screen.end()
    assert ended.code == 0
    assert ended.output == (
        "ℹ Create a token at https://console.skytells.ai/settings/tokens\n"
        "Paste your personal access token:\n"
        "✔ Token is valid!\n"
        "✔ Authenticated successfully!\n"
        "  Credentials saved to ~/.config/skytells/credentials.json"
    )
    assert token.encode() not in screen.transcript
    assert stored(world.machine)["token"] == token
    assert world.machine.run("skytells", "whoami").code == 0

    # A pasted token is other jobs' too: logging out here leaves it alive.
    assert world.machine.run("skytells", "logout", "--force").code == 0
    assert api("GET", "/api/v1/cli/projects", token).status_code == 200

    # CI pipes it in.
    ended = world.machine.run("skytells", "login", "--token", text=token + "\n")
    assert (ended.code, ended.errors) == (0, "")
    assert stored(world.machine)["token"] == token

    # Revoked on the page, it is at once good for nothing.
    browser.open(f"{CONSOLE}/settings/tokens")
    browser.driver.find_element("link text", "Revoke").click()
    browser.press("Revoke")
    ended = world.machine.run("skytells", "whoami")
    assert ended.code == 4
    assert ended.errors.startswith("✖ Token is invalid\n")


def test_the_scopes_of_the_page_are_asked_for_in_words(world: VendorWorld, ada: Account, api) -> None:
    browser = world.browser()
    screen = world.terminal("skytells", "login", "--scopes", SCOPES)
    address, code = screen.wait_for(invitation)
    browser.open(address)
    browser.sign_in(ada)
    browser.enter_code(code)
    for words in ("Run inference requests", "Create and modify projects", "Trigger and manage deployments"):
        assert words in browser.text
    assert "Read account information" not in browser.text
    browser.approve()
    assert screen.end().code == 0
    ended = world.machine.run("skytells", "login", "--scopes", "inference,everything")
    assert ended.code == 1
    assert "everything" in ended.errors


def test_without_scopes_the_page_names_the_defaults(world: VendorWorld, ada: Account, api) -> None:
    browser = world.browser()
    screen = world.terminal("skytells", "login")
    address, code = screen.wait_for(invitation)
    browser.open(address)
    browser.sign_in(ada)
    browser.enter_code(code)
    shown = [name for name in (
        "inference", "projects.read", "projects.write", "deployments.read", "deployments.write", "keys.read",
        "keys.write", "account.read",
    ) if name in browser.text.split()]
    assert shown == ["inference", "projects.read", "deployments.read", "account.read"]
    browser.deny()
    assert screen.end().code == 5


def test_a_code_lives_for_15_minutes(world: VendorWorld, api) -> None:
    reply = api("POST", "/api/oauth/device", json={"client_name": "Skytells CLI v0.1.0", "scopes": ["inference"]})
    assert reply.status_code == 200
    assert reply.json()["expires_in"] == 15 * 60
    assert reply.json()["verification_uri"] == f"{CONSOLE}/device"


@pytest.mark.parametrize("typed", ["sk_pat_" + "0" * 64, "sk_pat_short", "sk_live_" + "0" * 64, "hunter2"])
def test_a_token_that_is_no_good_is_said_to_be_invalid_and_changes_nothing(
    world: VendorWorld, ada: Account, typed: str
) -> None:
    sign_in(world, world.browser(), ada)
    before = credentials(world.machine, "skytells").read_bytes()
    ended = world.machine.run("skytells", "login", "--token", text=typed + "\n")
    assert ended.code in (1, 4)
    assert ended.errors.startswith("✖ Token is invalid\n")
    assert "https://console.skytells.ai/settings/tokens" in ended.errors
    assert typed not in ended.errors + ended.output
    assert credentials(world.machine, "skytells").read_bytes() == before


def test_an_empty_token_is_wrong_usage(world: VendorWorld) -> None:
    assert world.machine.run("skytells", "login", "--token", text="\n").code == 2
    assert world.machine.run("skytells", "login", "--token").code == 2


@pytest.mark.parametrize(("key", "code"), [("sk_proj_" + "0" * 40, 4), ("sk_proj_short", 1), ("pk_live", 1)])
def test_a_key_that_is_no_good_is_not_linked(world: VendorWorld, key: str, code: int) -> None:
    ended = world.machine.run("skytells", "link", text=key + "\n")
    assert (ended.code, ended.output) == (code, "")
    assert "ccess key" in ended.errors and key not in ended.errors
    assert not credentials(world.machine, "skytells").exists()


def test_a_revoked_key_is_refused_and_the_environment_s_key_wins(world: VendorWorld, ada: Account) -> None:
    def make(name: str) -> dict:
        return json.loads(world.server.operate(
            "project", "key", "add", "lab/vision", "--dialect", "skytells", "--name", name, "--json",
        ))

    machine = world.machine
    first, second = make("one"), make("two")
    assert machine.run("skytells", "link", text=first["key"] + "\n").code == 0
    # A machine that only deploys needs no token.
    ended = machine.run("skytells", "whoami")
    assert ended.code == 0
    assert ended.output == (
        f"ℹ Access Key: {first['key'][:12]}...\nℹ Source: credentials file\nℹ Project: Vision (vision)\n"
    )
    world.server.operate("project", "key", "revoke", "lab/vision", first["id"])
    ended = machine.run("skytells", "whoami")
    assert ended.code == 4
    assert "✖ Access key is invalid" in ended.errors
    ended = machine.run("skytells", "whoami", SKYTELLS_ACCESS_KEY=second["key"])
    assert ended.code == 0
    assert "Source: SKYTELLS_ACCESS_KEY env var" in ended.output
    ended = machine.run("skytells", "link", "--remove")
    assert (ended.code, ended.output) == (0, "✔ Access key removed.\n")
    assert not credentials(machine, "skytells").exists()


def test_another_program_gets_the_token_and_the_key(world: VendorWorld, ada: Account, tmp_path) -> None:
    machine = world.machine
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "skytells-deploy"
    program.write_text('#!/bin/sh\necho "$SKYTELLS_TOKEN $SKYTELLS_ACCESS_KEY $*"\n')
    program.chmod(0o755)
    path = {"PATH": f"{tools}:{machine.environment['PATH']}"}
    ended = machine.run("skytells", "deploy", "--app", "x", **path)
    assert (ended.code, ended.output) == (4, "")
    sign_in(world, world.browser(), ada)
    token = stored(machine)["token"]
    ended = machine.run("skytells", "deploy", "--app", "x", **path)
    assert (ended.code, ended.output) == (0, f"{token}  --app x\n")
    ended = machine.run("skytells", "logn", **path)
    assert ended.code == 2 and "login" in ended.errors
    ended = machine.run("skytells", "deploy")
    assert ended.code == 2 and "skytells-deploy" in ended.errors


def test_the_vendors_file_is_read_kept_and_tightened(world: VendorWorld, ada: Account, tmp_path) -> None:
    machine = world.machine
    sign_in(world, world.browser(), ada)
    token = stored(machine)["token"]
    other = world.new_machine(tmp_path / "other")
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    file = credentials(other, "skytells")
    file.parent.mkdir(parents=True)
    kept = {"access_key": "sk_proj_" + "0" * 40, "api_key": "sk-other"}
    (dotfiles / "skytells.json").write_text(json.dumps(kept | {"token": token, "created_at": 1_750_000_000_000}, indent=2))
    (dotfiles / "skytells.json").chmod(0o644)
    file.symlink_to(dotfiles / "skytells.json")
    ended = other.run("skytells", "logout", "--force")
    assert ended.code == 0
    assert ended.errors.startswith("⚠ ")  # it was open to others
    assert "✔ Logged out. Credentials removed.\n" in ended.output
    assert "An API key stays in ~/.config/skytells/credentials.json." in ended.output
    assert file.is_symlink()
    assert other.mode(dotfiles / "skytells.json") == "0600"
    left = stored(other)
    assert {name: left[name] for name in kept} == kept and "token" not in left
    assert machine.run("skytells", "whoami").code == 0  # a token of the vendor's file counts as pasted


def test_a_file_that_makes_no_sense_is_set_aside(world: VendorWorld, ada: Account) -> None:
    machine = world.machine
    file = credentials(machine, "skytells")
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text('{"token": ')
    assert machine.run("skytells", "whoami").code == 1
    assert file.read_text() == '{"token": '
    screen = world.terminal("skytells", "login")
    address, code = screen.wait_for(invitation)
    assert "kept as" in screen.screen
    browser = world.browser()
    browser.open(address)
    browser.sign_in(ada)
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0
    assert [path.read_text() for path in file.parent.iterdir() if path.name.startswith("credentials.json.")] == ['{"token": ']


def test_a_token_is_not_sent_to_another_server_in_order_to_be_ended(
    vendor_world: Callable[..., VendorWorld]
) -> None:
    staging = vendor_world("skytells", {"console": "console.staging.example"})
    account = staging.add_account("ada")
    there = {"SKYTELLS_API_URL": "https://console.staging.example"}

    def login(browser: Browser) -> str:
        running = staging.machine.start("skytells", "login", **there)
        address, code = running.read_until(invitation)
        browser.open(address)
        if browser.has_button("Sign in"):
            browser.sign_in(account)
        browser.enter_code(code)
        browser.approve()
        ended = running.end()
        assert ended.code == 0
        return ended.output

    browser = staging.browser()
    login(browser)
    first = stored(staging.machine)["token"]  # as far as the file tells, of any server
    assert "may still live" in login(browser)
    assert stored(staging.machine)["token"] != first
    assert staging.machine.run("skytells", "whoami", SKYTELLS_TOKEN=first, **there).code == 0


@pytest.mark.parametrize("product", ["skytells"])
def test_make_run_plays_the_page(product: str, machine: Machine, tmp_path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    result = subprocess.run(
        [sys.executable, PROJECT / "Scripts/demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env=machine.environment | {"TMPDIR": str(place), "KEYFOB_PROGRAMS": str(PROGRAMS), "PRODUCT": product},
        timeout=240, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Done." in result.stdout
    assert os.listdir(place) == []


def test_help_manual_and_completions_are_the_products_own(machine: Machine) -> None:
    for arguments in (["--help"], ["login", "--help"], ["link", "--help"], ["whoami", "--help"], ["logout", "--help"]):
        ended = machine.run("skytells", *arguments)
        assert (ended.code, ended.errors) == (0, "")
        assert "skytells" in ended.output
    for shell in ("bash", "zsh", "fish"):
        ended = machine.run("skytells", "completion", shell)
        assert ended.code == 0 and "skytells" in ended.output
