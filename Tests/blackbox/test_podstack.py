"""`podstack`: the wire as a server sees it, files that others wrote, and input and servers that are no good."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.podstack import HOSTS, add_person, call, config, log_in, make_token, put_pod_program, read_tables, stored
from harness.server import free_port
from harness.vendors import vendor_program
from harness.world import VendorWorld

from demonstration.person import invitation

INVALID = "Error: Invalid authentication token\nSolution: Generate a new token from the dashboard\n"
TOKEN = "podstack_" + "a" * 40


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[VendorWorld]:
    """The vendor's hosts, led to a server of ours."""
    one = VendorWorld(tmp_path_factory.mktemp("podstack") / "world", "podstack", HOSTS, {})
    yield one
    one.close()


@pytest.fixture(scope="module")
def chromium(world: VendorWorld) -> Browser:
    """A browser that sees the hosts."""
    return world.browser()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """The same without cookies."""
    chromium.forget()
    return chromium


@pytest.fixture(scope="module")
def ada(world: VendorWorld):
    """A person with one project."""
    return add_person(world, "ada", "my-project")


@pytest.fixture(scope="module")
def token(world: VendorWorld, ada, chromium) -> str:
    """An API token of hers."""
    return make_token(chromium, ada, "shared", "Never")


@pytest.fixture
def machine(world: VendorWorld, tmp_path: Path) -> Machine:
    """A machine in the world."""
    return world.new_machine(tmp_path / "home")


@pytest.fixture
def alone(tmp_path: Path) -> Machine:
    """A machine that sees the loopback interface only."""
    return Machine(tmp_path / "alone")


def write(machine: Machine, text: str, mode: int = 0o600) -> str:
    """Puts a configuration file there, as another program would."""
    config(machine).parent.mkdir(mode=0o700, exist_ok=True)
    config(machine).write_text(text)
    config(machine).chmod(mode)
    return text


class Stub:
    """A server that writes down what it is asked and answers what the test says: `(status, type, body)`."""

    def __init__(self, answer: Callable[[str, str], tuple[int, str, str]]) -> None:
        self.asked: list[dict] = []
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def _handle(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                stub.asked.append({"line": f"{self.command} {self.path}", "headers": headers, "body": body})
                status, kind, text = answer(self.command, self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = do_DELETE = _handle

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def stub() -> Iterator[Callable[..., Stub]]:
    """Starts servers that write down what they are asked."""
    made: list[Stub] = []

    def start(answer: Callable[[str, str], tuple[int, str, str]]) -> Stub:
        made.append(Stub(answer))
        return made[-1]

    yield start
    for one in made:
        one.close()


# The wire


def test_our_own_requests_are_the_standards_and_hold_the_token_in_one_header(alone: Machine, stub) -> None:
    def answer(method: str, path: str) -> tuple[int, str, str]:
        if path == "/.well-known/oauth-authorization-server":
            return 200, "application/json", json.dumps({"issuer": server.address, "response_types_supported": ["code"]})
        if path == "/v1/account":
            return 200, "application/json", json.dumps({"id": "acc_1", "email": "a@example.org"})
        if path.startswith("/v1/projects"):
            return 200, "application/json", json.dumps({"projects": []})
        return 404, "application/json", "{}"

    server = stub(answer)
    variables = {"PODSTACK_API_ENDPOINT": server.address}
    assert alone.run("podstack", "auth", "login", "--token", "-", text=TOKEN, **variables).code == 0
    assert alone.run("podstack", "auth", "status", **variables).code == 0
    assert alone.run("podstack", "project", "list", **variables).code == 0
    assert {one["line"] for one in server.asked} == {
        "GET /v1/account", "GET /v1/projects", "GET /.well-known/oauth-authorization-server",
    }
    for one in server.asked:
        assert one["body"] == "" and TOKEN not in one["line"]
        assert one["headers"].get("authorization", f"Bearer {TOKEN}") == f"Bearer {TOKEN}"
        assert one["headers"]["user-agent"].startswith("podstack/")
    assert all("authorization" in one["headers"] for one in server.asked if one["line"].startswith("GET /v1/"))
    assert all("authorization" not in one["headers"] for one in server.asked if "well-known" in one["line"])


def test_the_service_of_a_server_with_other_words_is_understood(alone: Machine, stub) -> None:
    def answer(method: str, path: str) -> tuple[int, str, str]:
        if path == "/v1/account":
            return 200, "application/json", json.dumps({"id": "acc_1", "email": "a@example.org"})
        return 403, "application/json", json.dumps({"error": "Access denied to resource"})

    ended = alone.run("podstack", "project", "list", PODSTACK_API_TOKEN=TOKEN, PODSTACK_API_ENDPOINT=stub(answer).address)
    assert ended.code == 5
    assert ended.errors == (
        "Error: Access denied to resource\nSolution: Check if the token has access to the project\n"
        "podstack project list\n"
    )


def test_a_program_gets_everything_in_variables_and_nothing_in_its_arguments(
    world: VendorWorld, machine: Machine, token: str, tmp_path
) -> None:
    folder = put_pod_program(tmp_path / "pod")
    (folder / "podstack-show").write_text("#!/bin/sh\necho \"$*\"\nenv | grep ^PODSTACK_ | sort\n")
    (folder / "podstack-show").chmod(0o755)
    machine.environment["PATH"] = f"{folder}:{machine.environment['PATH']}"
    machine.run("podstack", "auth", "login", "--token", "-", text=token)
    ended = machine.run("podstack", "--quiet", "-o", "json", "show", "--name", "x")
    assert ended.output == (
        f"--quiet --name x\nPODSTACK_API_ENDPOINT=https://api.podstack.ai\nPODSTACK_API_TOKEN={token}\n"
        "PODSTACK_OUTPUT=json\nPODSTACK_PROFILE=default\nPODSTACK_PROJECT=my-project\n"
    )
    # A near miss is a slip; no such program is said; without a login nothing runs.
    ended = machine.run("podstack", "projct")
    assert (ended.code, "did you mean 'project'?" in ended.errors.lower()) == (2, True)
    ended = machine.run("podstack", "bucket", "list")
    assert (ended.code, "podstack-bucket" in ended.errors) == (2, True)
    machine.run("podstack", "auth", "logout")
    ended = machine.run("podstack", "show")
    assert (ended.code, ended.output) == (4, "")


_SDK = """\
import asyncio, podstack
async def main():
    async with podstack.Client() as client:
        made = await client.create_project("From the package", "made by it")
        print([project.name for project in await client.list_projects()], made.id)
try:
    asyncio.run(main())
except podstack.AuthenticationError as error:
    print("refused:", error)
"""


def test_the_vendors_python_package_reads_and_makes_projects_here(world, browser, machine, token, tmp_path) -> None:
    """The only client of the vendor's that is published, unmodified, on the vendor's own address."""
    person = add_person(world, "sdk", "first")
    log_in(world, browser, person, tmp_path / "desk", machine=machine)
    script = machine.home / "sdk.py"
    script.write_text(_SDK)
    python = vendor_program("podstack", "python")
    ended = machine.run(python, str(script), PODSTACK_API_KEY=stored(machine)["auth"]["token"])
    assert (ended.code, ended.errors) == (0, "")
    listed = call(world, "GET", "/v1/projects", stored(machine)["auth"]["token"]).json()["projects"]
    made = next(project for project in listed if project["name"] == "From the package")
    assert ended.output == f"{[project['name'] for project in listed]} {made['id']}\n"
    assert made["description"] == "made by it"
    ended = machine.run(python, str(script), PODSTACK_API_KEY=TOKEN)
    assert ended.output.startswith("refused: ")


# Files of others


def test_a_file_of_the_page_s_shape_is_used_kept_and_tightened(world: VendorWorld, machine: Machine, token: str) -> None:
    write(machine, (
        f"# mine\nauth:\n  token: {token}\n  expires: 2099-12-31T00:00:00Z\ndefaults:\n  project: my-project\n"
        "  output: table\n  gpu_type: A100\napi:\n  timeout: 45\ntelemetry: off\n"
    ), mode=0o644)
    before = stored(machine)
    ended = machine.run("podstack", "auth", "status")
    assert ended.code == 0 and ended.output.startswith("Authenticated as: ada@example.org\n")
    assert ended.errors.count("\n") == 1 and ended.errors.startswith("Warning: ")
    assert machine.mode(config(machine)) == "0600"
    assert machine.run("podstack", "auth", "status").errors == ""
    # A token that others put there is never revoked by a logout, and everything else stays.
    assert machine.run("podstack", "auth", "logout").code == 0
    del before["auth"]
    assert stored(machine) == before
    assert call(world, "GET", "/v1/account", token).status_code == 200
    # And so it is by a login, a refresh.
    assert machine.run("podstack", "auth", "login", "--token", "-", text=token).code == 0
    after = stored(machine)
    assert after.pop("auth")["token"] == token
    assert after == before


def test_both_shapes_of_profiles_are_read_and_stay_as_they_are(world, ada, browser, machine, token, tmp_path) -> None:
    write(machine, (
        f"current_profile: nested\nprofiles:\n  flat:\n    token: {token}\n    project: one\n"
        f"  nested:\n    auth:\n      token: {token}\n    defaults:\n      project: two\n      gpu_type: T4\n"
        "    api:\n      endpoint: https://api.podstack.ai\n"
    ))
    assert machine.run("podstack", "project", "current", "--quiet").output == "two\n"
    assert machine.run("podstack", "--profile", "flat", "project", "current", "--quiet").output == "one\n"
    for profile in ("flat", "nested"):
        assert machine.run("podstack", "auth", "status", "--profile", profile).code == 0
    log_in(world, browser, ada, tmp_path / "desk", machine=machine)
    nested = stored(machine)["profiles"]["nested"]
    assert set(nested) == {"auth", "defaults", "api"} and nested["auth"]["token"].startswith("eyJ")
    assert nested["defaults"] == {"project": "two", "gpu_type": "T4"}
    assert machine.run("podstack", "auth", "refresh").code == 0
    assert set(stored(machine)["profiles"]["nested"]) == {"auth", "defaults", "api"}
    assert machine.run("podstack", "auth", "logout").code == 0
    profiles = stored(machine)["profiles"]
    assert profiles["flat"] == {"token": token, "project": "one"}
    assert profiles["nested"]["defaults"] == {"project": "two", "gpu_type": "T4"}
    # A new profile is written in the flat shape.
    assert machine.run("podstack", "--profile", "new", "auth", "login", "--token", "-", text=token).code == 0
    assert set(stored(machine)["profiles"]["new"]) == {"token", "origin", "project"}


def test_a_link_to_dotfiles_is_followed(machine: Machine, token: str) -> None:
    dotfiles = machine.home / "dotfiles"
    dotfiles.mkdir()
    (dotfiles / "podstack.yaml").write_text("defaults:\n  output: table\n")
    (dotfiles / "podstack.yaml").chmod(0o600)
    config(machine).parent.mkdir(mode=0o700)
    config(machine).symlink_to(dotfiles / "podstack.yaml")
    assert machine.run("podstack", "auth", "login", "--token", "-", text=token).code == 0
    assert config(machine).is_symlink()
    assert read_tables((dotfiles / "podstack.yaml").read_text())["auth"]["token"] == token


def test_a_file_that_makes_no_sense_is_said_and_never_overwritten(machine: Machine, token: str) -> None:
    broken = write(machine, "auth: [token\n")
    for arguments in (("auth", "status"), ("config", "show"), ("config", "set", "defaults.output", "json")):
        ended = machine.run("podstack", *arguments)
        assert ended.code == 1 and ended.errors.startswith("Error: "), arguments
        assert config(machine).read_text() == broken
    ended = machine.run("podstack", "auth", "login", "--token", "-", text=token)
    assert ended.code == 0 and "was kept as ~/.podstack/config.yaml" in ended.errors
    assert any(path.read_text() == broken for path in config(machine).parent.iterdir() if path.is_file())


def test_settings_are_read_and_written_by_name(machine: Machine, token: str) -> None:
    machine.run("podstack", "auth", "login", "--token", "-", text=token)
    assert machine.run("podstack", "config", "get", "auth.token").output == f"{token[:13]}****\n"
    assert machine.run("podstack", "config", "get", "defaults.output").output == "table\n"
    ended = machine.run("podstack", "config", "set", "defaults.output", "json")
    assert (ended.code, ended.output) == (0, "defaults.output = json\n")
    # The file's word, then the variable's, then the option's.
    assert json.loads(machine.run("podstack", "project", "current").output)["project"] == "my-project"
    assert machine.run("podstack", "project", "current", PODSTACK_OUTPUT="table").output.startswith("Project: ")
    assert machine.run("podstack", "-o", "table", "project", "current").output.startswith("Project: ")
    ended = machine.run("podstack", "project", "use", "no-such-project")
    assert (ended.code, json.loads(ended.errors)["error"]["code"]) == (5, "forbidden")
    assert machine.run("podstack", "project", "current", PODSTACK_OUTPUT="yaml").code == 2
    assert machine.run("podstack", "config", "unset", "defaults.output").code == 0
    assert token not in machine.run("podstack", "config", "show").output
    for arguments in (("get", "no.such"), ("set", "defaults.output", "xml"), ("set", "auth.token", "x")):
        assert machine.run("podstack", "config", *arguments).code == 2, arguments
    assert machine.run("podstack", "config", "reset").code == 0
    assert set(stored(machine)) == {"auth"}


def test_debug_shows_requests_and_no_token_and_colour_can_be_switched_off(world, machine: Machine, token: str) -> None:
    ended = machine.run("podstack", "auth", "status", PODSTACK_API_TOKEN=token, PODSTACK_DEBUG="1")
    assert "debug: GET https://api.podstack.ai/v1/account: 200\n" in ended.errors
    assert token not in ended.errors
    for variable, is_coloured in (("PODSTACK_OTHER", True), ("PODSTACK_NO_COLOR", False)):
        screen = world.terminal("podstack", "auth", "status", machine=machine, **{variable: "1"})
        assert screen.end().code == 4
        assert (b"\x1b[31m" in screen.transcript) == is_coloured


# Input and servers that are no good


def test_bad_words_are_wrong_usage_and_change_nothing(machine: Machine, token: str) -> None:
    machine.run("podstack", "auth", "login", "--token", "-", text=token)
    before = config(machine).read_text()
    for arguments in (
        ["--profile", "../x", "auth", "status"], ["auth", "login", "--token"], ["auth", "login", "--token", "-"],
        ["auth", "lgin"], ["config", "set-profile", "a b"], ["project", "use"], ["auth", "status", "-o", "xml"],
    ):
        ended = machine.run("podstack", *arguments)
        assert (ended.code, ended.output) == (2, ""), arguments
        assert ended.errors.startswith("Error: ")
    ended = machine.run("podstack", "--profile", "nobody", "auth", "status")
    assert (ended.code, ended.errors) == (4, "Error: Not authenticated\nSolution: Authenticate\npodstack auth login\n")
    foreign = "sk_pat_" + "0" * 64
    ended = machine.run("podstack", "auth", "login", "--token", foreign)
    assert (ended.code, ended.errors.endswith(INVALID), foreign in ended.errors) == (1, True, False)
    assert config(machine).read_text() == before


def test_a_server_that_is_no_service_keeps_the_login(machine: Machine, alone: Machine, token: str, stub) -> None:
    page = stub(lambda method, path: (200, "text/html", "<h1>Welcome to the hotel's network</h1>"))
    down = stub(lambda method, path: (503, "application/json", "{}"))
    variables = {"PODSTACK_API_TOKEN": token}
    for address, code in ((page.address, 1), (down.address, 6), (f"http://127.0.0.1:{free_port()}", 6)):
        for arguments in (("auth", "status"), ("project", "list"), ("auth", "login", "--token", "-")):
            ended = alone.run("podstack", *arguments, text=TOKEN, PODSTACK_API_ENDPOINT=address, **variables)
            assert ended.code == code and "Error: " in ended.errors, (address, arguments, ended)
            assert not config(alone).exists()
    ended = alone.run("podstack", "auth", "login", PODSTACK_API_ENDPOINT="http://api.podstack.example")
    assert ended.code == 2  # a token never goes over an open line


def test_a_logout_without_the_server_says_what_remains(world, ada, browser, machine, tmp_path) -> None:
    log_in(world, browser, ada, tmp_path / "desk", machine=machine)
    before = stored(machine)["auth"]["token"]
    ended = machine.run("podstack", "auth", "revoke", PODSTACK_API_ENDPOINT="http://127.0.0.1:1")
    assert ended.code == 6 and stored(machine)["auth"]["token"] == before
    ended = machine.run("podstack", "auth", "logout", PODSTACK_API_ENDPOINT="http://127.0.0.1:1")
    assert ended.code == 0 and "may still be alive" in ended.errors
    assert "auth" not in stored(machine)


def test_a_login_that_is_denied_or_given_up_changes_nothing(world, ada, browser, machine, token, tmp_path) -> None:
    machine.run("podstack", "auth", "login", "--token", "-", text=token)
    before = config(machine).read_text()
    desk = Desk(tmp_path / "desk", machine)
    screen = world.terminal("podstack", "auth", "login", columns=700, machine=machine, **desk.environment)
    browser.open(desk.wait_for_address())
    browser.sign_in(ada)
    browser.deny()
    ended = screen.end()
    assert ended.code == 5
    assert ended.output.endswith("Error: Login denied\nSolution: Ask again\npodstack auth login")
    screen = world.terminal("podstack", "auth", "login", machine=machine)
    screen.wait_for(invitation)
    screen.press("ctrl+c")
    ended = screen.end()
    assert ended.code == 130 and ended.output.endswith("Login cancelled; nothing was changed.")
    assert screen.shows_cursor
    assert config(machine).read_text() == before


def test_a_server_that_goes_away_during_a_login_is_waited_for(world, ada, browser, machine) -> None:
    screen = world.terminal("podstack", "auth", "login", machine=machine)
    address, code = screen.wait_for(invitation)
    world.server.kill()
    world.server.start()
    browser.open(address)
    browser.sign_in(ada)
    browser.enter_code(code)
    browser.approve()
    assert screen.end().code == 0
