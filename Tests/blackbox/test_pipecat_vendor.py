"""The vendor's own clients, unmodified from PyPI, against our server; their files used by ours, and ours by theirs."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.pipecat import DAILY_KEY, DASHBOARD, HOSTS, call, config, make_token, settle, sign_in, stored
from harness.server import Account, TestServer
from harness.vendors import vendor_program
from harness.world import VendorWorld

from demonstration.pages import PageVisitor
from demonstration.person import answer

TOKEN_FLOW = ("pipecat-token-flow", "pipecat")
OAUTH = ("pipecat-oauth", "pipecat")
WHOAMI = ("cloud", "auth", "whoami")

_INVITATION = re.compile(r"Visit this URL: (\S+)\n +Then enter this code: (\S+)\n")
_AUTHORIZE = re.compile(rf"{DASHBOARD}/authorize\?\S+")


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[TestServer]:
    """A server on plain http that speaks the dialect, as the older client takes it."""
    server = TestServer(tmp_path / "plain/data", dialects=("pipecat",))
    server.prepare()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def world(vendor_world: Callable[..., VendorWorld]) -> VendorWorld:
    """The vendor's API and dashboard, by https, as the newer client wants them."""
    return vendor_world("pipecat", HOSTS)


@pytest.fixture
def ada(world: VendorWorld) -> Account:
    """A person with two organizations."""
    return settle(world)


def log_in_by_token_flow(machine: Machine, account: Account) -> str:
    """The older client's login; returns what it wrote."""
    running = machine.start(vendor_program(*TOKEN_FLOW), "cloud", "auth", "login", "--headless")
    address, code = running.read_until(lambda screen: (found := _INVITATION.search(screen)) and found.groups())
    answer(PageVisitor(), address, code, account)
    ended = running.end()
    assert ended.code == 0, ended.output
    return ended.output


def log_in_by_browser(world: VendorWorld, browser: Browser, account: Account) -> None:
    """The newer client's login; without a display it prints the address, in columns enough to keep it whole."""
    running = world.machine.start(vendor_program(*OAUTH), "cloud", "auth", "login", COLUMNS="3000")
    browser.open(running.read_until(lambda screen: (found := _AUTHORIZE.search(screen)) and found[0]))
    if browser.has_button("Sign in"):
        browser.sign_in(account)
    browser.approve()
    ended = running.end()
    assert ended.code == 0 and "Authentication successful!" in ended.output, ended.output


def test_the_token_flow_generation_logs_in_asks_who_it_is_and_logs_out(plain: TestServer, tmp_path: Path) -> None:
    account = plain.add_account("ada")
    plain.operate("organization", "add", "Lab", "--slug", "lab", "--owner", "ada")
    plain.operate("organization", "set-secret", "lab", "daily_api_key", text=DAILY_KEY + "\n")
    machine = Machine(tmp_path / "home", PIPECAT_API_HOST=plain.address, PIPECAT_DASHBOARD_HOST=plain.address)
    theirs = vendor_program(*TOKEN_FLOW)
    said = log_in_by_token_flow(machine, account)
    assert "Web authentication finished successfully!" in said
    token = stored(machine)["token"]

    ended = machine.run(theirs, *WHOAMI)
    for words in ("User ID", "acc_", "Lab", "(lab)", DAILY_KEY):
        assert words in ended.output
    assert "Lab" in machine.run(theirs, "cloud", "organizations", "list").output

    # Ours goes on with their file, and shows the same.
    ours = machine.run("pipecat", *WHOAMI)
    assert ours.code == 0 and DAILY_KEY in ours.output
    assert machine.run("pipecat", "cloud", "organizations", "keys", "create", "-n", "Test Key", "-d").code == 0
    assert machine.run(theirs, *WHOAMI).output == ended.output

    ended = machine.run(theirs, "cloud", "auth", "logout")
    assert "User credentials for Pipecat Cloud removed." in ended.output
    assert not config(machine).exists()
    # Theirs only forgets; the token is alive until somebody ends it.
    config(machine).write_text(f'token = "{token}"\norg = "lab"\n')
    config(machine).chmod(0o600)
    assert machine.run("pipecat", "cloud", "auth", "logout").output == "Logged out and session revoked.\n"
    config(machine).write_text(f'token = "{token}"\norg = "lab"\n')
    assert "Unauthorized" in machine.run(theirs, *WHOAMI).output


def test_a_denial_is_no_token_for_the_token_flow_generation(plain: TestServer, tmp_path: Path) -> None:
    account = plain.add_account("ada")
    plain.operate("organization", "add", "Lab", "--slug", "lab", "--owner", "ada")
    machine = Machine(tmp_path / "home", PIPECAT_API_HOST=plain.address)
    running = machine.start(vendor_program(*TOKEN_FLOW), "cloud", "auth", "login", "--headless")
    address, code = running.read_until(lambda screen: (found := _INVITATION.search(screen)) and found.groups())
    answer(PageVisitor(), address, code, account, decision="Deny")
    ended = running.end()
    assert "Account has no associated namespace" in ended.output
    assert not config(machine).exists()


def test_the_oauth_generation_logs_in_asks_who_it_is_and_logs_out(world: VendorWorld, ada: Account) -> None:
    machine, theirs = world.machine, vendor_program(*OAUTH)
    browser = world.browser()
    log_in_by_browser(world, browser, ada)
    token = stored(machine)["token"]
    assert set(stored(machine)) == {"token", "org", "lab", "refresh_token", "token_expires_at"}

    ended = machine.run(theirs, "cloud", "--output", "json", *WHOAMI[1:])
    assert ended.code == 0, ended.output + ended.errors
    ours = machine.run("pipecat", *WHOAMI, "--json")
    assert json.loads(ours.output) == json.loads(ended.output)
    assert "ada@example.org" in machine.run(theirs, *WHOAMI).output
    assert machine.run(theirs, "cloud", "organizations", "keys", "create", "-n", "Test Key", "-d").code == 0
    assert "Test Key" in machine.run("pipecat", "cloud", "organizations", "keys", "list").output
    assert machine.run(theirs, "cloud", "organizations", "list").code == 0
    assert machine.run(theirs, "cloud", "organizations", "select", "-o", "workshop").code == 0
    assert "Workshop (workshop)" in machine.run("pipecat", *WHOAMI).output

    ended = machine.run(theirs, "cloud", "auth", "logout")
    assert ended.code == 0 and "Logged out and session revoked." in ended.output
    assert call(world, "GET", "/v1/users", token).status_code == 401


def test_ours_logs_out_of_their_login_and_keeps_their_tables(world: VendorWorld, ada: Account) -> None:
    machine = world.machine
    log_in_by_browser(world, world.browser(), ada)
    token = stored(machine)["token"]
    assert machine.run(vendor_program(*OAUTH), "cloud", "organizations", "keys", "create", "-n", "K", "-d").code == 0
    table = stored(machine)["lab"]
    ended = machine.run("pipecat", "cloud", "auth", "logout")
    assert (ended.code, ended.output) == (0, "Logged out and session revoked.\n")
    assert stored(machine) == {"org": "lab", "lab": table}
    assert call(world, "GET", "/v1/users", token).status_code == 401


def test_their_token_is_refreshed_by_ours_and_ours_by_theirs(world: VendorWorld, ada: Account) -> None:
    machine, theirs = world.machine, vendor_program(*OAUTH)
    log_in_by_browser(world, world.browser(), ada)

    def expire() -> dict:
        text = config(machine).read_text()
        config(machine).write_text(re.sub(r"token_expires_at = [0-9.]+", "token_expires_at = 1577836800.0", text))
        return stored(machine)

    before = expire()
    assert machine.run("pipecat", *WHOAMI).code == 0
    after = stored(machine)
    assert after["token"] != before["token"] and after["refresh_token"] != before["refresh_token"]
    assert isinstance(after["token_expires_at"], float) and after["token_expires_at"] > 1_700_000_000
    before = expire()
    assert machine.run(theirs, *WHOAMI).code == 0
    assert stored(machine)["token"] != before["token"]
    assert machine.run("pipecat", *WHOAMI).code == 0


@pytest.mark.parametrize("program", [TOKEN_FLOW, OAUTH], ids=["token-flow", "oauth"])
def test_the_file_of_our_login_is_theirs_too(world: VendorWorld, ada: Account, program: tuple[str, str]) -> None:
    machine = world.machine
    token = sign_in(world, world.browser(), ada)
    assert machine.run("pipecat", "cloud", "organizations", "keys", "create", "-n", "Test Key", "-d").code == 0
    theirs = vendor_program(*program)
    ended = machine.run(theirs, *WHOAMI)
    assert ended.code == 0 and DAILY_KEY in ended.output, ended.output + ended.errors
    assert "Test Key" in machine.run(theirs, "cloud", "organizations", "keys", "list").output
    assert stored(machine)["token"] == token


def test_the_oauth_generation_uses_a_personal_token(world: VendorWorld, ada: Account) -> None:
    browser, machine = world.browser(), world.machine
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens")
    browser.sign_in(ada)
    token = make_token(browser, "ci")
    theirs = vendor_program(*OAUTH)
    ended = machine.run(theirs, "cloud", "auth", "whoami", PIPECAT_TOKEN=token)
    assert ended.code == 0 and "PAT" in ended.output
    screen = world.terminal(theirs, "cloud", "auth", "use-pat")
    screen.wait_for("Personal Access Token:")
    screen.type(token + "\r")
    ended = screen.end()
    assert ended.code == 0 and "Authenticated via PAT." in ended.output
    assert tomllib.loads(config(machine).read_text())["token_expires_at"] == 0
    # A zero for the end of a token that has none.
    assert machine.run("pipecat", *WHOAMI).code == 0
    ended = machine.run("pipecat", "cloud", "auth", "logout")
    assert ended.code == 0 and "still valid elsewhere" in ended.output
    assert call(world, "GET", "/v1/users", token).status_code == 200
