"""`pipecat` as a server sees it, files of before it, and everything that goes wrong."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import Machine
from harness.pipecat import DAILY_KEY, Stub, config, stored
from harness.server import Account, TestServer
from harness.surroundings import wait_until
from harness.terminal import Terminal

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation

LOGIN = ("pipecat", "cloud", "auth", "login", "--headless")
LOGOUT = ("pipecat", "cloud", "auth", "logout")
WHOAMI = ("pipecat", "cloud", "auth", "whoami")
USE_PAT = ("pipecat", "cloud", "auth", "use-pat")

TABLES = '\n# kept\n[another-user-org]\ndefault_public_key = "pk_1"\ndefault_public_key_name = "Test Key"\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    """One server for all: nothing here disturbs another test."""
    running = TestServer(tmp_path_factory.mktemp("pipecat") / "data", dialects=("pipecat",))
    running.prepare()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def ada(server: TestServer) -> Account:
    """A person with an organization."""
    account = server.add_account("ada")
    server.operate("organization", "add", "Lab", "--slug", "lab", "--owner", "ada")
    server.operate("organization", "set-secret", "lab", "daily_api_key", text=DAILY_KEY + "\n")
    return account


@pytest.fixture
def machine(server: TestServer, tmp_path: Path) -> Machine:
    """A machine whose `pipecat` asks that server."""
    return Machine(tmp_path / "home", PIPECAT_API_HOST=server.address)


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server that answers a whole token flow, at once; it knows no code and PKCE."""
    one = Stub()
    one.tells("/auth/login", {
        "token_flow_id": "flow", "wait_secret": "secret", "web_url": one.address + "/page", "code": "BCDF-GHJK",
    })
    one.tells("/auth/status", {"status": "complete", "token": "tok"})
    one.tells("/v1/users", {"user": {"userId": "user_1"}})
    one.tells("/v1/organizations", {"organizations": [{"name": "lab", "verboseName": "Lab"}]})
    one.tells("/v1/organizations/lab/daily", {"apiKey": "daily"})
    yield one
    one.close()


@pytest.fixture
def there(stub: Stub, tmp_path: Path) -> Machine:
    """A machine whose `pipecat` asks the stub."""
    return Machine(tmp_path / "home", PIPECAT_API_HOST=stub.address)


def write(machine: Machine, text: str, mode: int = 0o600) -> Path:
    """A configuration file that is there already."""
    file = config(machine)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    file.write_text(text)
    file.chmod(mode)
    return file


def sign_in(machine: Machine, account: Account) -> str:
    """A login, approved over HTTP; returns the stored token."""
    running = machine.start(*LOGIN)
    answer(PageVisitor(), *running.read_until(invitation), account)
    ended = running.end()
    assert ended.code == 0, ended.output
    return stored(machine)["token"]


# The wire


def test_a_login_asks_what_the_vendors_client_asks(stub: Stub, there: Machine) -> None:
    assert there.run(*LOGIN).code == 0
    method, path, headers, body = stub.to("/auth/login")[0]
    assert (method, path, body) == ("POST", "/auth/login?use_code=true", "")
    assert "authorization" not in headers
    method, path, headers, _ = stub.to("/auth/status")[0]
    assert (method, path) == ("GET", "/auth/status?token_flow_id=flow&wait_secret=secret")
    assert "authorization" not in headers
    method, _, headers, _ = stub.to("/v1/organizations")[0]
    assert (method, headers["authorization"]) == ("GET", "Bearer tok")
    for _, _, headers, _ in stub.asked:
        # The vendor's front refuses the agents that programming languages come with.
        assert re.match(r"pipecat/\d", headers["user-agent"])
    assert stored(there) == {"token": "tok", "org": "lab"}


def test_what_the_other_commands_ask(stub: Stub, there: Machine) -> None:
    write(there, 'token = "tok"\norg = "lab"\n')
    stub.tells("/v1/organizations/lab/apiKeys", {"key": "pk_new"})
    assert there.run(*WHOAMI).code == 0
    assert [one[1] for one in stub.asked] == ["/v1/users", "/v1/organizations", "/v1/organizations/lab/daily"]
    assert there.run("pipecat", "cloud", "organizations", "keys", "create", "-n", "K").code == 0
    method, _, headers, body = stub.to("/v1/organizations/lab/apiKeys")[0]
    assert (method, headers["content-type"]) == ("POST", "application/json")
    assert json.loads(body) == {"name": "K", "type": "public"}
    key = {"id": "k/1", "key": "pk_new", "createdAt": "x", "revoked": False, "metadata": {"name": "K"}}
    stub.tells("/v1/organizations/lab/apiKeys", {"public": [key]})
    stub.tells("/v1/organizations/lab/apiKeys/k%2F1", "", kind="text/plain")
    assert there.run("pipecat", "cloud", "organizations", "keys", "revoke", "K").code == 0
    assert stub.asked[-1][:2] == ("DELETE", "/v1/organizations/lab/apiKeys/k%2F1")


def test_a_logout_sends_the_refresh_token_where_there_is_one(stub: Stub, there: Machine) -> None:
    write(there, 'token = "tok"\nrefresh_token = "r"\ntoken_expires_at = 4000000000.5\norg = "lab"\n')
    stub.tells("/auth/logout", {})
    there.run(*LOGOUT)
    method, _, headers, body = stub.to("/auth/logout")[0]
    assert (method, headers["authorization"], json.loads(body)) == ("POST", "Bearer tok", {"refresh_token": "r"})
    assert stored(there) == {"org": "lab"}


def test_each_path_has_its_variable(stub: Stub, there: Machine) -> None:
    moved = {
        "PIPECAT_LOGIN_PATH": "/a/login", "PIPECAT_LOGIN_STATUS_PATH": "/a/status", "PIPECAT_WHOAMI_PATH": "/a/me",
        "PIPECAT_ORGANIZATION_PATH": "/a/orgs", "PIPECAT_DAILY_KEY_PATH": "/a/{org}/daily",
        "PIPECAT_AUTH_CONFIG_PATH": "/a/config", "PIPECAT_LOGOUT_PATH": "/a/logout",
    }
    for old, new in {
        "/auth/login": "/a/login", "/auth/status": "/a/status", "/v1/users": "/a/me", "/v1/organizations": "/a/orgs",
        "/v1/organizations/lab/daily": "/a/lab/daily",
    }.items():
        stub.answers[new] = stub.answers.pop(old)
    stub.tells("/a/logout", {})
    for words in (LOGIN, WHOAMI, LOGOUT):
        assert there.run(*words, **moved).code == 0
    assert {one[1].partition("?")[0] for one in stub.asked} >= {
        "/a/login", "/a/status", "/a/me", "/a/orgs", "/a/lab/daily", "/a/config", "/a/logout",
    }
    assert all(one[1].startswith("/a/") for one in stub.asked)


def test_headless_where_there_is_only_a_browser_says_so(stub: Stub, there: Machine) -> None:
    del stub.answers["/auth/login"]
    stub.tells("/auth/config", {"issuer": stub.address, "client_id": "c", "scopes": "openid"})
    stub.tells("/.well-known/openid-configuration", {
        "issuer": stub.address, "authorization_endpoint": stub.address + "/authorize",
        "token_endpoint": stub.address + "/token", "code_challenge_methods_supported": ["S256"],
        "response_types_supported": ["code"],
    })
    running = there.start(*LOGIN)
    address = running.read_until(lambda screen: re.search(r"^  (http\S+)$", screen, re.MULTILINE))[1]
    assert "client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A840" in address
    assert "%2Foauth_callback&scope=openid" in address
    running.read_until(lambda screen: "pipecat cloud auth use-pat" in screen and "browser on this machine" in screen)
    running.interrupt()
    assert running.end().code == 130


def test_all_ports_taken_is_an_error_that_names_them(stub: Stub, there: Machine, tmp_path: Path) -> None:
    del stub.answers["/auth/login"]
    stub.tells("/auth/config", {"issuer": stub.address, "client_id": "c", "scopes": "openid"})
    stub.tells("/.well-known/openid-configuration", {
        "issuer": stub.address, "authorization_endpoint": stub.address + "/authorize",
        "token_endpoint": stub.address + "/token",
    })
    held = []
    try:
        for port in range(8400, 8405):
            one = socket.socket()
            held.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(("127.0.0.1", port))
            one.listen()
        ended = there.run(*LOGIN)
    finally:
        for one in held:
            one.close()
    assert ended.code == 1
    assert "8400, 8401, 8402, 8403, 8404" in ended.errors
    assert not config(there).exists()


# Files of before


def test_the_vendors_file_is_read_kept_and_tightened(machine: Machine, ada: Account) -> None:
    token = sign_in(machine, ada)
    file = write(machine, f'token = "{token}"\norg = "lab"\n' + TABLES, mode=0o644)
    ended = machine.run(*WHOAMI)
    assert ended.code == 0
    assert ended.errors.startswith("Warning: ")  # it was open to others
    assert machine.mode(file) == "0600"
    ended = machine.run(*LOGOUT)
    assert (ended.code, ended.output) == (0, "Logged out and session revoked.\n")
    assert file.read_text() == 'org = "lab"\n' + TABLES
    sign_in(machine, ada)
    assert stored(machine)["another-user-org"] == {"default_public_key": "pk_1", "default_public_key_name": "Test Key"}
    assert "# kept" in file.read_text()


def test_a_link_to_dotfiles_stays_a_link(machine: Machine, ada: Account, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text('org = "lab"\n' + TABLES)
    config(machine).parent.mkdir(parents=True)
    config(machine).symlink_to(target)
    token = sign_in(machine, ada)
    assert config(machine).is_symlink()
    assert f'token = "{token}"' in target.read_text() and TABLES in target.read_text()
    assert machine.mode(target) == "0600"
    assert machine.run(*LOGOUT).code == 0
    assert config(machine).is_symlink() and "token" not in stored(machine)


def test_a_new_login_ends_the_session_of_the_one_before(machine: Machine, ada: Account) -> None:
    first = sign_in(machine, ada)
    second = sign_in(machine, ada)
    assert machine.run(*WHOAMI, PIPECAT_TOKEN=second).code == 0
    assert machine.run(*WHOAMI, PIPECAT_TOKEN=first).code == 4


def test_an_organization_of_before_is_kept_if_it_is_still_theirs(machine: Machine, ada: Account) -> None:
    write(machine, 'org = "gone"\n')
    sign_in(machine, ada)
    assert stored(machine)["org"] == "lab"


# What goes wrong


@pytest.mark.parametrize(("typed", "code", "said"), [
    ("pcc_pat_" + "0" * 32, 4, "Error: Invalid or expired token.\n"),
    ("pcc_pat_", 1, "Error: Invalid token format. PATs must start with pcc_pat_\n"),
    ("sk_pat_" + "0" * 64, 1, "Error: Invalid token format. PATs must start with pcc_pat_\n"),
    ("", 2, "Error: No token was given\n"),
])
def test_a_token_that_is_no_good_changes_nothing(
    machine: Machine, ada: Account, typed: str, code: int, said: str
) -> None:
    file = write(machine, 'token = "before"\norg = "lab"\n')
    ended = machine.run(*USE_PAT, text=typed + "\n")
    assert (ended.code, ended.output) == (code, "")
    assert ended.errors.startswith(said)
    assert not typed or len(typed) < 9 or typed not in ended.errors
    assert file.read_text() == 'token = "before"\norg = "lab"\n'


@pytest.mark.parametrize("token", ["failure", "pcc_pat_" + "0" * 32, "a.b.c", "sk_pat_" + "0" * 64])
def test_a_token_that_the_service_refuses_is_exit_code_4(machine: Machine, ada: Account, token: str) -> None:
    file = write(machine, f'token = "{token}"\norg = "lab"\n')
    ended = machine.run(*WHOAMI)
    assert (ended.code, ended.output) == (4, "")
    assert ended.errors == (
        "Error: Unauthorized request / invalid user token.\n"
        "  Please log in again using pipecat cloud auth login\n"
    )
    assert f'"{token}"' in file.read_text()


def test_a_denial_is_said_and_changes_nothing(machine: Machine, ada: Account) -> None:
    file = write(machine, 'token = "before"\norg = "lab"\n')
    running = machine.start(*LOGIN)
    answer(PageVisitor(), *running.read_until(invitation), ada, decision="Deny")
    ended = running.end()
    assert ended.code == 5
    assert "Error: Authentication was denied in the browser.\n" in ended.output
    assert file.read_text() == 'token = "before"\norg = "lab"\n'


def test_a_person_without_an_organization_is_told_so(server: TestServer, machine: Machine) -> None:
    account = server.add_account("newcomer")
    running = machine.start(*LOGIN)
    answer(PageVisitor(), *running.read_until(invitation), account)
    ended = running.end()
    assert ended.code == 1
    assert "Error: Account has no associated organization.\n  Have you completed the onboarding process?" in ended.output
    assert not config(machine).exists() or "token" not in stored(machine)


@pytest.mark.parametrize(("status", "code", "said"), [
    ({"status": "failure"}, 1, "failed"), ({"status": "failure", "token": "failure"}, 1, "failed"),
    ({"status": "failure", "reason": "expired"}, 1, "The authentication request has expired."),
    ({"status": "failure", "reason": "denied"}, 5, "Authentication was denied in the browser."),
    ({"status": "complete"}, 1, "token"), ({"status": "complete", "token": 7}, 1, "token"),
])
def test_no_word_of_the_wire_becomes_a_token(stub: Stub, there: Machine, status: dict, code: int, said: str) -> None:
    stub.tells("/auth/status", status)
    ended = there.run(*LOGIN)
    assert ended.code == code
    assert said in ended.errors
    assert not config(there).exists() or "token" not in stored(there)


@pytest.mark.parametrize("path", ["/auth/login", "/auth/status", "/v1/organizations"])
def test_a_web_page_in_place_of_an_answer_is_an_error(stub: Stub, there: Machine, path: str) -> None:
    file = write(there, 'token = "before"\norg = "lab"\n')
    stub.tells(path, "<html>maintenance</html>", kind="text/html")
    ended = there.run(*LOGIN)
    assert ended.code != 0
    assert ended.errors.startswith("Error: ") and "<html>" not in ended.errors
    assert file.read_text() == 'token = "before"\norg = "lab"\n'


@pytest.mark.parametrize("words", [LOGIN, WHOAMI, USE_PAT], ids=["login", "whoami", "use-pat"])
def test_a_service_that_is_not_there_is_exit_code_6(machine: Machine, words: tuple[str, ...]) -> None:
    file = write(machine, 'token = "before"\norg = "lab"\n')
    ended = machine.run(*words, text="pcc_pat_" + "0" * 32 + "\n", PIPECAT_API_HOST="http://127.0.0.1:9")
    assert (ended.code, ended.output) == (6, "")
    assert ended.errors.startswith("Error: Unable to connect to Pipecat Cloud API.")
    assert file.read_text() == 'token = "before"\norg = "lab"\n'


def test_a_logout_without_the_service_removes_and_says_what_remains(machine: Machine, ada: Account) -> None:
    token = sign_in(machine, ada)
    ended = machine.run(*LOGOUT, PIPECAT_API_HOST="http://127.0.0.1:9")
    assert ended.code == 0
    assert ended.output.startswith(
        "Local credentials removed. Server-side revocation could not be confirmed.\nThe token may still be valid: ")
    assert stored(machine) == {"org": "lab"}
    assert machine.run(*WHOAMI, PIPECAT_TOKEN=token).code == 0


def test_a_service_that_hangs_is_left_by_ctrl_c(stub: Stub, there: Machine) -> None:
    file = write(there, 'token = "before"\norg = "lab"\n')
    release = threading.Event()
    stub.tells("/auth/status", lambda: release.wait(30) and {})
    screen = Terminal(there.command(*LOGIN), there.environment)
    screen.wait_for("Waiting for authentication")
    wait_until(lambda: stub.to("/auth/status"), "a poll")
    screen.press("ctrl+c")
    ended = screen.end()
    release.set()
    assert ended.code == 130
    assert "Authentication cancelled" in ended.output
    assert screen.left_echo and screen.shows_cursor
    assert file.read_text() == 'token = "before"\norg = "lab"\n'


def test_wrong_usage_is_exit_code_2(machine: Machine) -> None:
    for words in (("--headles",), ("--output", "xml"), ("extra",)):
        assert machine.run("pipecat", "cloud", "auth", "login", *words).code == 2
    ended = machine.run(*WHOAMI, PIPECAT_OUTPUT="xml")
    assert ended.code == 2 and "rich, plain, json" in ended.errors
    assert machine.run(*WHOAMI, PIPECAT_API_HOST="http://api.example.com").code == 2


def test_json_is_json_and_nothing_else(machine: Machine, ada: Account) -> None:
    running = machine.run(*WHOAMI, "--output", "json")
    assert (running.code, running.output) == (4, "")
    assert json.loads(running.errors)["error"]["code"] == "not_signed_in"
    sign_in(machine, ada)
    for words in (WHOAMI, ("pipecat", "cloud", "organizations", "list"), ("pipecat", "cloud", "--config")):
        json.loads(machine.run(*words, PIPECAT_OUTPUT="json").output)
    assert json.loads(machine.run(*LOGOUT, "--json").output)["signed_in"] is False
