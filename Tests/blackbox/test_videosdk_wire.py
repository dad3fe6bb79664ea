"""What `videosdk` says to a server, and what it makes of servers that are not as they should be."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.cli import Machine
from harness.surroundings import wait_until
from harness.terminal import Terminal
from harness.videosdk import content_of, file_of, write_file

START, STATUS = "/v2/cli/request/start", "/v2/cli/request/status"
ME, REVOKE = "/ai/v1/cloud/registry/me", "/oauth/revoke"
STORED = {"VIDEOSDK_AUTH_TOKEN": "stored.before.this", "origin": "login", "username": "ada"}
PAGE = "<!doctype html><title>Captive portal</title><p>Sign in to the Wi-Fi"


@dataclass
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Reply:
    """What to answer; `wait` holds the answer back until it is set."""

    body: object = None
    status: int = 200
    kind: str = "application/json"
    wait: threading.Event | None = None

    @property
    def data(self) -> bytes:
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass
class Stub:
    """A server that writes down what it is asked, and answers from a list per path; the last answer repeats."""

    address: str
    asked: list[Asked] = field(default_factory=list)
    replies: dict[str, list[Reply]] = field(default_factory=dict)

    def answers(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path.partition("?")[0] == path]

    def next(self, path: str) -> Reply:
        ready = self.replies.get(path) or [Reply({"error": "no such path"}, 404)]
        return ready.pop(0) if len(ready) > 1 else ready[0]


class Recorder:
    """A stub on a port of its own, until it is closed; a start is answered as the vendor's client needs it."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.stub = Stub(f"http://127.0.0.1:{self._server.server_port}")
        self.stub.answers(START, Reply({"requestId": "abc123xyz", "expiresIn": 600}))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(recorder: Recorder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.stub.asked.append(Asked(self.command, self.path, headers, body, time.monotonic()))
            reply = recorder.stub.next(self.path.partition("?")[0])
            if reply.wait:
                reply.wait.wait(60)
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
            self.wfile.write(reply.data)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def new_stub() -> Iterator[Callable[[], Stub]]:
    """Starts recording servers."""
    recorders: list[Recorder] = []

    def start() -> Stub:
        recorders.append(Recorder())
        return recorders[-1].stub

    yield start
    for recorder in recorders:
        recorder.close()


@pytest.fixture
def stub(new_stub: Callable[[], Stub]) -> Stub:
    """A recording server."""
    return new_stub()


@pytest.fixture
def machine(stub: Stub, tmp_path: Path) -> Machine:
    """A machine whose `videosdk` talks to the stub."""
    return Machine(tmp_path / "home", VIDEOSDK_API_URL=stub.address)


@pytest.fixture
def signed_in(machine: Machine) -> Machine:
    """The machine, with a token in the file."""
    write_file(machine, STORED)
    return machine


def test_a_login_as_the_server_sees_it(stub: Stub, machine: Machine) -> None:
    stub.answers(STATUS, Reply({"status": "approved", "token": "new.token"}))
    stub.answers(ME, Reply({"name": "Ada", "email": "ada@example.org"}))
    ended = machine.run("videosdk", "auth", "login")
    assert ended.code == 0, ended.errors
    start, poll, me = stub.asked
    assert (start.method, start.path) == ("POST", START)
    assert start.headers["content-type"] == "application/json"
    assert "authorization" not in start.headers and start.headers["user-agent"].startswith("videosdk/")
    body = json.loads(start.body)
    assert set(body) == {"code_challenge", "code_challenge_method", "device_name"}
    assert body["code_challenge_method"] == "S256"
    assert (poll.method, poll.path, poll.body) == ("GET", f"{STATUS}?requestId=abc123xyz", b"")
    assert "authorization" not in poll.headers
    digest = hashlib.sha256(poll.headers["code-verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == body["code_challenge"]
    assert (me.method, me.path, me.headers["authorization"]) == ("GET", ME, "new.token")
    assert 2.9 < poll.at - start.at < 10  # the first poll after three seconds, as the vendor's client
    assert f"\n{stub.address}/cli/confirm-auth?requestId=abc123xyz\n" in ended.output
    assert content_of(machine) == {"VIDEOSDK_AUTH_TOKEN": "new.token", "origin": "login"}


def test_the_pages_may_be_on_a_host_of_their_own(stub: Stub, machine: Machine) -> None:
    stub.answers(START, Reply({"requestId": "abc123xyz", "expiresIn": 1}))
    stub.answers(STATUS, Reply({"status": "expired"}))
    ended = machine.run("videosdk", "auth", "login", VIDEOSDK_DASHBOARD_URL="https://dashboard.example")
    assert ended.code == 1
    assert "\nhttps://dashboard.example/cli/confirm-auth?requestId=abc123xyz\n" in ended.output


def test_whoami_and_logout_as_the_server_sees_them(stub: Stub, signed_in: Machine) -> None:
    stub.answers(ME, Reply({"name": "Ada", "email": "ada@example.org", "later": {"more": 1}}), Reply({}, 401))
    stub.answers(REVOKE, Reply("", kind="text/plain"))
    ended = signed_in.run("videosdk", "auth", "whoami")
    assert ended.code == 0
    assert ended.output.splitlines()[-3:] == ["  Name: Ada", "  Email: ada@example.org", "  Tier: -"]
    assert signed_in.run("videosdk", "auth", "logout").code == 0
    me, revoke, proof = stub.asked
    assert (me.method, me.path, me.body) == ("GET", ME, b"")
    assert me.headers["authorization"] == STORED["VIDEOSDK_AUTH_TOKEN"]  # bare, as the vendor's client sends it
    assert (revoke.method, revoke.path) == ("POST", REVOKE)
    assert (proof.path, proof.headers["authorization"]) == (ME, me.headers["authorization"])  # is it really over?
    assert set(revoke.body.decode().split("&")) >= {"token=stored.before.this", "client_id=videosdk-cli"}


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (Reply(PAGE, kind="text/html"), 1, "Authentication failed: "),
        (Reply({"requestId": "abc"}, kind="text/plain"), 1, "Authentication failed: "),
        (Reply([]), 1, "Authentication failed: "),
        (Reply({"request_id": "abc", "expiresIn": 600}), 1, "Authentication failed: "),
        (Reply({"requestId": "a b\n", "expiresIn": 600}), 1, "Authentication failed: "),
        (Reply({"requestId": "abc", "expiresIn": 0}), 1, "Authentication failed: "),
        (Reply({"error": "no"}, 404), 1, "Authentication failed: "),
        (Reply({"message": "the plan has ended"}, 403), 5, "the plan has ended"),
        (Reply({"error": "x"}, 503), 6, "Authentication failed: "),
        (Reply("", 302), 1, "Authentication failed: "),
    ],
)
def test_a_start_that_goes_wrong_is_said_and_changes_nothing(
    stub: Stub, signed_in: Machine, reply: Reply, code: int, said: str
) -> None:
    before = file_of(signed_in).read_bytes()
    stub.answers(START, reply)
    ended = signed_in.run("videosdk", "auth", "login")
    assert ended.code == code, ended.errors
    assert ended.errors.startswith("Error: ") and said in ended.errors
    assert "Captive" not in ended.errors
    assert file_of(signed_in).read_bytes() == before


POLLS = [
    (Reply(PAGE, kind="text/html"), 1, "Authentication failed: "),
    (Reply({"status": "approved"}), 1, "Authentication failed: "),
    (Reply({"status": "approved", "token": 7}), 1, "Authentication failed: "),
    (Reply({"status": "approved", "token": "two words"}), 1, "Authentication failed: "),
    (Reply({"status": "denied"}), 5, "Authentication was denied in the browser."),
    (Reply({"status": "expired"}), 1, "Authentication link expired. Please run `videosdk auth login` again."),
    (Reply({"error": "gone"}, 404), 1, "Authentication link expired."),
    (Reply({"status": "pending"}), 1, "Authentication timed out. Please try again."),
    (Reply("", 502), 6, "Authentication failed: "),
]


def test_a_poll_that_goes_wrong_is_said_and_changes_nothing(new_stub: Callable[[], Stub], tmp_path: Path) -> None:
    running = []
    for number, (reply, *expected) in enumerate(POLLS):
        stub = new_stub()
        stub.answers(START, Reply({"requestId": "abc", "expiresIn": 1}))
        stub.answers(STATUS, reply)
        machine = Machine(tmp_path / f"home-{number}", VIDEOSDK_API_URL=stub.address)
        before = write_file(machine, STORED).read_bytes()
        running.append((machine, machine.start("videosdk", "auth", "login"), before, expected))
    for machine, login, before, (code, said) in running:
        ended = login.end()
        assert ended.code == code, ended.output
        assert f"\nError: {said}" in ended.output
        assert "Captive" not in ended.output
        assert file_of(machine).read_bytes() == before


def test_a_server_that_goes_away_in_mid_login_is_waited_for(stub: Stub, machine: Machine) -> None:
    stub.answers(START, Reply({"requestId": "abc", "expiresIn": 5}))
    stub.answers(STATUS, Reply("", 502), Reply({"status": "approved", "token": "new.token"}))
    ended = machine.run("videosdk", "auth", "login")
    assert ended.code == 0, ended.errors
    assert content_of(machine)["VIDEOSDK_AUTH_TOKEN"] == "new.token"
    # A lost reply is asked for again by the same key.
    assert len({one.headers["idempotency-key"] for one in stub.to(STATUS)}) == 1


def test_a_server_that_is_away_is_unreachable(signed_in: Machine) -> None:
    before = file_of(signed_in).read_bytes()
    for arguments in (["auth", "login"], ["auth", "whoami"]):
        ended = signed_in.run("videosdk", *arguments, VIDEOSDK_API_URL="http://127.0.0.1:1")
        assert ended.code == 6 and ended.errors.startswith("Error: "), ended.errors
    assert file_of(signed_in).read_bytes() == before


def test_a_server_that_hangs_is_left_by_ctrl_c(stub: Stub, signed_in: Machine) -> None:
    before = file_of(signed_in).read_bytes()
    stay = threading.Event()
    for path in (START, ME, REVOKE):
        stub.answers(path, Reply({}, wait=stay))
    for verb, said in (
        ("login", "Authentication cancelled by user"), ("whoami", "Cancelled by user"),
        ("logout", "Logout cancelled by user"),
    ):
        count = len(stub.asked)
        screen = Terminal(signed_in.command("videosdk", "auth", verb), signed_in.environment)
        wait_until(lambda: len(stub.asked) > count, "the request")
        screen.press("ctrl+c")
        ended = screen.end()
        assert ended.code == 130
        above, last = ended.output.splitlines()[-2:]
        assert (above.removeprefix("^C"), last) == ("", said)
        assert screen.shows_cursor and screen.left_echo
        assert file_of(signed_in).read_bytes() == before
    stay.set()


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (Reply(PAGE, kind="text/html"), 1, "Failed to fetch user: "),
        (Reply({"error": "nope"}, 401), 4, "Failed to fetch user: Authentication failed. Please check your VIDEOSDK_AUTH_TOKEN."),
        (Reply({"message": "suspended"}, 403), 5, "Failed to fetch user: "),
        (Reply("oops", 500, "text/plain"), 6, "Failed to fetch user: "),
        (Reply("", 302), 1, "Failed to fetch user: "),
    ],
)
def test_a_whoami_that_goes_wrong_is_said(
    stub: Stub, signed_in: Machine, reply: Reply, code: int, said: str
) -> None:
    before = file_of(signed_in).read_bytes()
    stub.answers(ME, reply)
    ended = signed_in.run("videosdk", "auth", "whoami")
    assert ended.code == code, ended.errors
    assert ended.errors.startswith(f"Error: {said}")
    assert "Name:" not in ended.output and STORED["VIDEOSDK_AUTH_TOKEN"] not in ended.output + ended.errors
    assert file_of(signed_in).read_bytes() == before


@pytest.mark.parametrize("reply", [Reply({"error": "x"}, 500), Reply(PAGE, 403, "text/html"), Reply(PAGE, 200, "text/html")])
def test_a_logout_that_the_server_does_not_confirm_removes_the_token_and_says_so(
    stub: Stub, signed_in: Machine, reply: Reply
) -> None:
    stub.answers(REVOKE, reply)
    stub.answers(ME, Reply({"name": "Ada"}))
    ended = signed_in.run("videosdk", "auth", "logout")
    assert ended.code == 0
    assert ended.output.endswith("✓ Successfully logged out\n")
    assert ended.errors.startswith("Warning: ") and "alive" in ended.errors
    assert content_of(signed_in)["VIDEOSDK_AUTH_TOKEN"] is None


def test_a_service_without_revocation_is_said_to_have_none(stub: Stub, signed_in: Machine) -> None:
    ended = signed_in.run("videosdk", "auth", "logout")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.splitlines()[-2:] == [
        "✓ Successfully logged out",
        "ℹ The server has no way to revoke; the token stays good until it ends by itself",
    ]
    assert content_of(signed_in)["VIDEOSDK_AUTH_TOKEN"] is None


def test_what_the_server_says_cannot_command_the_terminal(stub: Stub, signed_in: Machine) -> None:
    stub.answers(ME, Reply({"name": "Ada\x1b]0;owned\x07", "email": "a\nb@example.org", "tier": "\x1b[31mPro"}))
    ended = signed_in.run("videosdk", "auth", "whoami")
    assert ended.code == 0
    assert "\x1b" not in ended.output and "\x07" not in ended.output
    assert len(ended.output.splitlines()) == 8


def test_a_token_in_the_environment_wins_and_is_named(stub: Stub, signed_in: Machine) -> None:
    before = file_of(signed_in).read_bytes()
    stub.answers(ME, Reply({"name": "Bob"}))
    ended = signed_in.run("videosdk", "auth", "whoami", VIDEOSDK_AUTH_TOKEN="from.the.environment")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.splitlines()[-4:] == [
        "  Name: Bob", "  Email: -", "  Tier: -", "  Token: from the variable VIDEOSDK_AUTH_TOKEN"]
    assert stub.asked[-1].headers["authorization"] == "from.the.environment"
    ended = signed_in.run("videosdk", "auth", "whoami", VIDEOSDK_AUTH_TOKEN="")
    assert stub.asked[-1].headers["authorization"] == STORED["VIDEOSDK_AUTH_TOKEN"]
    assert "variable" not in ended.output
    assert file_of(signed_in).read_bytes() == before
    stub.answers(REVOKE, Reply(""))
    ended = signed_in.run("videosdk", "auth", "logout", VIDEOSDK_AUTH_TOKEN="from.the.environment")
    assert ended.code == 0 and "VIDEOSDK_AUTH_TOKEN is set and still applies" in ended.errors
    assert b"stored.before.this" in stub.to(REVOKE)[-1].body  # the login's own token is ended, not the environment's


@pytest.mark.parametrize("address", ["ftp://example.org", "not an address", "http://api.example.org"])
def test_an_address_that_cannot_be_used_is_wrong_usage(signed_in: Machine, address: str) -> None:
    ended = signed_in.run("videosdk", "auth", "whoami", VIDEOSDK_API_URL=address)
    assert ended.code == 2 and ended.errors.startswith("Error: ")
