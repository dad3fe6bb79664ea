"""`cldkctl` on the wire: what our tool sends, what other clients send to our server, and servers that misbehave."""

import base64
import datetime
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from harness.cldkctl import (
    PORTAL, file_of, machine, ours, portal, stored, token,  # noqa: F401 (fixtures)
)
from harness.surroundings import wait_until

SECRET = "cldkctl_" + "a1B2" * 8
JSON = "application/json"


def unsigned(life: int, number: int = 0) -> str:
    """A JWT that nobody checks, as a stub gives it."""
    def part(value: dict) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    now = int(time.time())
    return f"{part({'alg': 'ES256', 'n': number})}.{part({'iat': now, 'exp': now + life})}.c2ln"


class Stub:
    """A server that records what it is asked and answers from a list of functions by method and path."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, dict, bytes]] = []
        self.replies: dict[tuple[str, str], Callable[[], tuple[int, str, bytes]]] = {}
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stub.seen.append((self.command, self.path, dict(self.headers.items()), body))
                reply = stub.replies.get((self.command, self.path))
                status, kind, content = reply() if reply else (404, JSON, b'{"message":"page not found"}')
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _answer

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def reply(self, method: str, path: str, value: object, status: int = 200) -> None:
        """Answers with JSON."""
        self.replies[(method, path)] = lambda: (status, JSON, json.dumps(value).encode())

    def speak(self, life: int = 86_400) -> None:
        """Answers as the vendor's API is known to."""
        count = iter(range(1_000_000))
        self.replies[("POST", "/core/cldkctl/auth")] = lambda: (
            200, JSON, json.dumps({"data": {"token": unsigned(life, next(count)), "name": "Ada", "role": "owner"}}).encode(),
        )
        self.reply("GET", "/core/user/profile", {"data": {"id": 7, "name": "Ada", "email": "ada@example.org"}})

    def requests(self) -> list[tuple[str, str]]:
        """Methods and paths so far."""
        return [(method, path) for method, path, _, _ in self.seen]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    yield made
    made.close()


def test_our_tool_exchanges_and_then_sends_the_jwt(stub, machine) -> None:
    stub.speak()
    ended = machine.run("cldkctl", "-U", stub.address, "auth", text=SECRET + "\n")
    assert (ended.code, ended.output, ended.errors) == (0, "Auth success\n", "")
    method, path, headers, body = stub.seen[0]
    assert (method, path) == ("POST", "/core/cldkctl/auth")
    assert headers["Content-Type"] == JSON and "Authorization" not in headers
    assert json.loads(body) == {"token": SECRET}
    # Later calls go to the same place, with the JWT; the token itself never again while the JWT lives.
    assert stored(machine)["base_url"] == stub.address
    stub.seen.clear()
    assert machine.run("cldkctl", "profile").code == 0
    assert stub.requests() == [("GET", "/core/user/profile")]
    assert stub.seen[0][2]["Authorization"] == "Bearer " + stored(machine)["session"]["token"]
    assert SECRET not in str(stub.seen)


def test_our_tool_manages_tokens_by_the_known_endpoints(stub, machine) -> None:
    stub.speak()
    made = {"data": {"id": 41, "name": "ci", "token": SECRET, "expired_at": "2031-01-01T00:00:00Z"}}
    stub.reply("POST", "/core/cldkctl/token", made)
    stub.reply("GET", "/core/cldkctl/token", {"data": [{"id": 41, "name": "ci"}, {"id": "b", "name": "two"}]})
    stub.reply("PUT", "/core/cldkctl/token/41", {"data": {"id": 41, "name": "cd"}})
    stub.reply("POST", "/core/cldkctl/token/regenerate/41", made)
    stub.replies[("DELETE", "/core/cldkctl/token/41")] = lambda: (204, JSON, b"")
    environment = {"CLDKCTL_TOKEN": SECRET, "CLDKCTL_BASE_URL": stub.address}
    days = (datetime.date(2030, 12, 31) - datetime.datetime.now(datetime.UTC).date()).days
    for words, method, path, body in (
        (["create", "--name", "ci", "--expired", "31/12/2030"], "POST", "/core/cldkctl/token",
         {"name": "ci", "expired": "31/12/2030", "expiration_days": days}),
        (["create", "--name", "ci"], "POST", "/core/cldkctl/token", {"name": "ci", "expired": "", "expiration_days": 0}),
        (["list"], "GET", "/core/cldkctl/token", None),
        (["edit", "41", "-n", "cd"], "PUT", "/core/cldkctl/token/41", {"name": "cd"}),
        (["regenerate", "41"], "POST", "/core/cldkctl/token/regenerate/41", {}),
        (["delete", "41"], "DELETE", "/core/cldkctl/token/41", None),
    ):
        stub.seen.clear()
        ended = machine.run("cldkctl", "token", *words, **environment)
        assert ended.code == 0, ended.errors
        sent = [one for one in stub.seen if (one[0], one[1]) == (method, path)]
        assert len(sent) == 1, (words, stub.requests())
        assert sent[0][2]["Authorization"].startswith("Bearer ey")
        assert (json.loads(sent[0][3]) if sent[0][3] else None) == body
        assert sent[0][2].get("Content-Type") == (JSON if body is not None else None)
    assert not file_of(machine).exists()  # what the environment gives is stored nowhere


def test_the_jwt_is_exchanged_anew_before_it_ends_and_when_it_is_refused(stub, machine) -> None:
    stub.speak(life=30)  # over within the minute that a request may take
    machine.run("cldkctl", "-U", stub.address, "auth", text=SECRET + "\n")
    stub.seen.clear()
    assert machine.run("cldkctl", "profile").code == 0
    assert stub.requests() == [("POST", "/core/cldkctl/auth"), ("GET", "/core/user/profile")]
    stub.speak()
    assert machine.run("cldkctl", "profile").code == 0
    # Ended before its time.
    answers = iter([401, 200])
    stub.replies[("GET", "/core/user/profile")] = lambda: (next(answers), JSON, b'{"data":{"name":"Ada"}}')
    stub.seen.clear()
    before = stored(machine)["session"]
    assert machine.run("cldkctl", "profile").code == 0
    assert stub.requests() == [
        ("GET", "/core/user/profile"), ("POST", "/core/cldkctl/auth"), ("GET", "/core/user/profile"),
    ]
    assert stored(machine)["session"] != before and stored(machine)["token"] == SECRET


def test_both_spellings_of_the_reply_are_read_and_a_jwt_that_says_no_life_lives_24_hours(stub, machine) -> None:
    stub.speak()
    stub.reply("POST", "/core/cldkctl/auth", {"data": {"Token": "opaque-token"}})
    assert machine.run("cldkctl", "-U", stub.address, "auth", text=SECRET + "\n").code == 0
    end = datetime.datetime.fromisoformat(stored(machine)["session"]["expires_at"])
    left = (end - datetime.datetime.now(datetime.UTC)).total_seconds()
    assert 86_300 < left <= 86_401  # whole seconds


def test_the_address_is_kept_with_the_token_and_goes_with_it(stub, machine) -> None:
    stub.speak()
    machine.run("cldkctl", "auth", text=SECRET + "\n", CLDKCTL_BASE_URL=stub.address)
    assert stored(machine)["base_url"] == stub.address
    other = Stub()
    try:
        other.speak()
        # Flag before variable before file.
        machine.run("cldkctl", "profile", "--base-url", other.address, CLDKCTL_BASE_URL=PORTAL)
        assert ("GET", "/core/user/profile") in other.requests()
    finally:
        other.close()
    assert machine.run("cldkctl", "logout").code == 0
    assert not file_of(machine).exists() or "base_url" not in stored(machine)


@pytest.mark.parametrize(("status", "kind", "body", "code", "text"), [
    (401, JSON, b'{"message":"invalid token"}', 4, "Auth failed: invalid token\n  Get a token in the Service Portal AI"),
    (400, "text/plain", b'pq: relation "cldkctl_tokens" does not exist', 4,
     'Auth failed: pq: relation "cldkctl_tokens" does not exist\n  Get a token'),
    (200, "text/html", b"<html>captive portal</html>", 1, "Auth failed: "),
    (200, JSON, b"<html>captive portal</html>", 1, "Auth failed: "),
    (200, JSON, b'{"data":{}}', 1, "Auth failed: the server gave no token in exchange\n"),
    (403, JSON, b'{"message":"blocked"}', 5, "Auth failed: "),
    (404, "text/html", b"<html>not found</html>", 1, "Auth failed: "),
    (503, "text/html", b"<html>down</html>", 6, "Auth failed: "),
])
def test_a_server_that_says_something_else(stub, machine, status, kind, body, code, text) -> None:
    stub.replies[("POST", "/core/cldkctl/auth")] = lambda: (status, kind, body)
    ended = machine.run("cldkctl", "-U", stub.address, "auth", text=SECRET + "\n")
    assert (ended.code, ended.output) == (code, "")
    assert ended.errors.startswith(text), ended.errors
    assert SECRET not in ended.errors and "<html>" not in ended.errors
    assert not file_of(machine).exists() or "token" not in stored(machine)


def test_a_server_that_is_not_there(machine, ours) -> None:
    before = file_of(ours).read_bytes()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    ended = ours.run("cldkctl", "-U", nowhere, "auth", text=SECRET + "\n")
    assert (ended.code, ended.output) == (6, "") and ended.errors.startswith("Auth failed: ")
    assert ours.run("cldkctl", "-U", nowhere, "--max-retries", "0", "profile").code == 6
    assert file_of(ours).read_bytes() == before


def test_max_retries_repeats_what_may_be_repeated(stub, machine) -> None:
    stub.speak()
    machine.run("cldkctl", "-U", stub.address, "auth", text=SECRET + "\n")
    answers = iter([503, 200])
    stub.replies[("GET", "/core/cldkctl/token")] = lambda: (next(answers), JSON, b'{"data":[]}')
    ended = machine.run("cldkctl", "--max-retries", "1", "token", "list")
    assert (ended.code, ended.output) == (0, "No tokens.\n")
    stub.seen.clear()
    stub.replies[("POST", "/core/cldkctl/token")] = lambda: (503, JSON, b"{}")
    assert machine.run("cldkctl", "token", "create", "--name", "x").code == 6
    assert stub.requests().count(("POST", "/core/cldkctl/token")) == 1  # a second one could make a second token


def test_a_server_that_hangs_can_be_left(portal, machine, ours) -> None:
    before = file_of(ours).read_bytes()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        screen = portal.world.terminal("cldkctl", "-U", address, "auth", machine=ours)
        screen.wait_for("Enter your token:")
        screen.type(SECRET)
        screen.press("enter")
        connection, _ = deaf.accept()
        with connection:
            wait_until(lambda: b"/core/cldkctl/auth" in connection.recv(4096), "the request")
            screen.press("ctrl+c")
            ended = screen.end()
    assert ended.code == 130
    assert ended.output == "Enter your token:\n^CAuth cancelled"  # the terminal itself shows ^C
    assert screen.left_echo
    assert file_of(ours).read_bytes() == before


def test_a_server_that_goes_away_in_the_middle(portal, ours) -> None:
    before = file_of(ours).read_bytes()
    with socket.socket() as rude:
        rude.bind(("127.0.0.1", 0))
        rude.listen()
        screen = portal.world.terminal(
            "cldkctl", "-U", f"http://127.0.0.1:{rude.getsockname()[1]}", "auth", SECRET, machine=ours)
        connection, _ = rude.accept()
        connection.recv(4096)
        connection.close()
        ended = screen.end()
    assert ended.code == 6
    assert "Auth failed: " in ended.output
    assert file_of(ours).read_bytes() == before


# What a client of another author, mcp-cldkctl 0.3.0, sends: the requests library, with these headers.

def other_client(portal, method: str, path: str, jwt: str, data: object = None) -> requests.Response:
    headers = {"Host": "ai.cloudeka.id", "Authorization": f"Bearer {jwt}", "Content-Type": JSON}
    address = f"http://127.0.0.1:{portal.server.inner_port}{path}"
    if method == "GET":
        return requests.request(method, address, headers=headers, params=None, timeout=30)
    return requests.request(method, address, headers=headers, json=data, params=None, timeout=30)


def test_another_author_s_client_signs_in_and_reads(portal, token) -> None:
    reply = requests.post(
        f"http://127.0.0.1:{portal.server.inner_port}/core/cldkctl/auth", json={"token": token},
        headers={"Content-Type": JSON, "Host": "ai.cloudeka.id"}, timeout=30,
    )
    assert reply.status_code == 200
    data = reply.json().get("data", {})
    jwt = data.get("token")
    assert jwt and data["name"] == "ada" and data["role"] == "owner" and data["organization_id"].startswith("org_")
    claims = json.loads(base64.urlsafe_b64decode(jwt.split(".")[1] + "=="))
    assert claims["exp"] - claims["iat"] == 24 * 3600 and claims["iss"] == PORTAL
    for path in ("/core/user/profile", "/core/user/organization", "/core/user/organization/projects/byOrg",
                 "/core/cldkctl/token"):
        reply = other_client(portal, "GET", path, jwt)
        assert reply.status_code == 200 and not (isinstance(reply.json(), dict) and reply.json().get("error")), path
    projects = other_client(portal, "GET", "/core/user/organization/projects/byOrg", jwt).json()["data"]
    assert [project["name"] for project in projects] == ["Vision"]
    detail = other_client(portal, "GET", f"/core/user/project/detail/{projects[0]['id']}", jwt).json()["data"]
    assert detail == projects[0]


def test_another_author_s_client_manages_tokens(portal, token) -> None:
    jwt = portal.jwt(token)
    made = other_client(portal, "POST", "/core/cldkctl/token", jwt, {"name": "mcp", "expiration_days": 7}).json()["data"]
    end = datetime.datetime.fromisoformat(made["expired_at"])
    assert 6.99 < (end - datetime.datetime.now(datetime.UTC)).total_seconds() / 86_400 < 7.01
    changed = other_client(portal, "PUT", f"/core/cldkctl/token/{made['id']}", jwt, {"name": "mcp 2"}).json()["data"]
    assert (changed["id"], changed["name"]) == (made["id"], "mcp 2")
    again = other_client(portal, "POST", f"/core/cldkctl/token/regenerate/{made['id']}", jwt, {"expiration_days": 30})
    again = again.json()["data"]
    assert again["id"] == made["id"] and again["token"] != made["token"]
    assert portal.exchange(made["token"]).status_code == 401
    assert portal.exchange(again["token"]).status_code == 200
    assert other_client(portal, "DELETE", f"/core/cldkctl/token/{made['id']}", jwt, None).status_code == 200
    assert portal.exchange(again["token"]).status_code == 401
