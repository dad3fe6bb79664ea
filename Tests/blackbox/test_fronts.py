"""Hosts and proxies, by requests that no well-meaning library would send."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.server import TestServer, free_port

CONSOLE = "console.vendor.example"


class Wire:
    """Raw requests to a server's port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def send(self, head: str, body: str = "") -> tuple[int, str]:
        """Sends lines as they are, and returns the status and everything that came back."""
        data = (head.replace("\n", "\r\n") + "\r\n\r\n" + body).encode()
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(data)
            reply = b""
            while part := connection.recv(65536):
                reply += part
        return int(reply.split(b" ", 2)[1]), reply.decode()

    def get(self, *lines: str, target: str = "/sign-in") -> tuple[int, str]:
        return self.send("\n".join([f"GET {target} HTTP/1.1", *lines, "Connection: close"]))

    def start(self, *lines: str) -> dict:
        """Starts a device sign-in and returns the reply."""
        body = "client_id=keyfob"
        head = [
            "POST /oauth/device_authorization HTTP/1.1", *lines, "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "Connection: close",
        ]
        status, reply = self.send("\n".join(head), body)
        assert status == 200, reply
        return json.loads(reply.partition("\r\n\r\n")[2])


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """A server for its own name and one of a product's, behind no proxy."""
    port = free_port()
    settings = tmp_path / "keyfob.yaml"
    settings.write_text(f"dialects: {{skytells: {{hosts: {{console: 'https://{CONSOLE}'}}}}}}\n")
    server = TestServer(tmp_path / "data", port, options=("--config", str(settings)), dialects=())
    server.prepare()
    server.start()
    yield Wire(port)
    server.stop()


def test_the_host_chooses_the_front_and_nothing_else_does(wire: Wire) -> None:
    for lines in ([f"Host: {CONSOLE}"], [f"Host: {CONSOLE.upper()}:443"]):
        status, reply = wire.get(*lines)
        assert status == 200 and "Skytells" in reply and "__Host-" in reply
    own = f"Host: 127.0.0.1:{wire.port}"
    for lines in (
        [own, f"X-Forwarded-Host: {CONSOLE}"], [own, f"Forwarded: host={CONSOLE}"], [own, f"X-Host: {CONSOLE}"],
        ["Host: evil.example"], [f"Host: {CONSOLE}.evil.example"], [f"Host: {CONSOLE}:8443"], [f"Host: {CONSOLE}."],
        [f"Host: {CONSOLE} evil.example"], ["Host:"], [f"Host: evil.example/{CONSOLE}"], [f"Host: x@{CONSOLE}"],
    ):
        status, reply = wire.get(*lines)
        assert status == 200 and "Keyfob" in reply and "Skytells" not in reply and "evil" not in reply, lines


def test_of_two_hosts_none_is_believed(wire: Wire) -> None:
    for lines in ([f"Host: {CONSOLE}", "Host: evil.example"], ["Host: evil.example", f"host: {CONSOLE}"]):
        status, reply = wire.get(*lines)
        assert status == 400 and "Skytells" not in reply


def test_a_target_that_is_a_whole_url_adds_no_host_of_its_own(wire: Wire) -> None:
    # The host of such a target is the proxy's business (RFC 9112 section 3.2.2), which names it in Host, too.
    status, reply = wire.get(f"Host: {CONSOLE}", target="http://evil.example/sign-in")
    assert status == 200 and "Skytells" in reply and "evil" not in reply
    status, reply = wire.get("Host: evil.example", target=f"http://{CONSOLE}/sign-in")
    assert status == 200 and "Keyfob" in reply and "evil" not in reply


def test_links_name_configured_hosts_only(wire: Wire) -> None:
    assert wire.start(f"Host: {CONSOLE}")["verification_uri"] == f"https://{CONSOLE}/device"
    for host in ("evil.example", f"{CONSOLE}:1", f"127.0.0.1:{wire.port}"):
        assert wire.start(f"Host: {host}")["verification_uri"] == f"http://127.0.0.1:{wire.port}/device"


def address_seen(port: int, folder: Path, *forwarded: str) -> str:
    """The address that the server noted of a device that has just asked."""
    body = "client_id=keyfob"
    lines = [f"X-Forwarded-For: {value}" for value in forwarded]
    head = [
        "POST /oauth/device_authorization HTTP/1.1", f"Host: 127.0.0.1:{port}", *lines,
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "Connection: close",
    ]
    status, reply = Wire(port).send("\n".join(head), body)
    assert status == 200, reply
    with sqlite3.connect(folder / "keyfob.db") as database:
        rows = database.execute("SELECT address FROM device_authorizations ORDER BY created_at DESC, rowid DESC")
        return rows.fetchone()[0]


@pytest.mark.parametrize("trusted", [False, True])
def test_a_client_s_address_is_what_a_listed_proxy_says_and_nobody_else(tmp_path: Path, trusted: bool) -> None:
    options = ("--trusted-proxy", "127.0.0.0/8") if trusted else ()
    server = TestServer(tmp_path / "data", port := free_port(), options=options, dialects=())
    server.prepare()
    server.start()
    try:
        seen = address_seen(port, tmp_path / "data", "6.6.6.6, 198.51.100.7", "127.0.0.9")
        assert seen == ("198.51.100.7" if trusted else "127.0.0.1")
        assert address_seen(port, tmp_path / "data") == "127.0.0.1"
    finally:
        server.stop()
