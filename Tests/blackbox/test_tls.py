"""Certificates: a server behind TLS, with an authority of our own, and nothing without one."""

import http.cookiejar
import socket
import ssl
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.server import Account, TestServer, free_port

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation


class TLSProxy:
    """Speaks TLS in front of a server, as an operator's proxy does."""

    def __init__(self, folder: Path, port: int, target: int) -> None:
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", str(key), "-out", str(self.certificate)],
            check=True, capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self._listener = context.wrap_socket(socket.create_server(("127.0.0.1", port)), server_side=True)
        self._target = target
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except ssl.SSLError:
                continue  # a client that does not trust us
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=_copy, args=(source, sink), daemon=True).start()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[TestServer, TLSProxy]]:
    """A server whose issuer is https."""
    server = TestServer(tmp_path / "server/data")
    server.prepare()
    public = free_port()
    inner = int(server.address.rsplit(":", 1)[1])
    server.address = f"https://localhost:{public}"
    server.start()
    proxy = TLSProxy(tmp_path, public, inner)
    yield server, proxy
    proxy.close()
    server.stop()


def test_an_authority_of_ones_own_is_honoured_and_cookies_are_bound_to_the_host(secure, terminal) -> None:
    server, proxy = secure
    account: Account = server.add_account("ada")
    trusted = {"SSL_CERT_FILE": str(proxy.certificate)}
    screen = terminal("keyfob", "login", server.address, "--device", **trusted)
    address, code = screen.wait_for(invitation)
    assert address == f"{server.address}/device"

    visitor, cookies = PageVisitor(), http.cookiejar.CookieJar()
    visitor._opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(cookies),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(proxy.certificate))),
    )
    answer(visitor, address, code, account)
    assert screen.end().code == 0
    assert {(cookie.name, cookie.secure) for cookie in cookies} == {
        ("__Host-keyfob-visit", True), ("__Host-keyfob-session", True),
    }


def test_a_certificate_that_nobody_vouches_for_ends_the_sign_in(secure, machine) -> None:
    server, _ = secure
    result = machine.run("keyfob", "login", server.address, "--device")
    assert result.code == 6
    assert result.output == ""
    assert "certificate" in result.errors
