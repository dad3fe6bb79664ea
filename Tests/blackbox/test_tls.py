"""Certificates: a server behind TLS, with an authority of our own, and nothing without one."""

import http.cookiejar
import ssl
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.server import Account, TestServer, free_port
from harness.tls import Authority, TLSFront

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[TestServer, Authority]]:
    """A server whose issuer is https."""
    server = TestServer(tmp_path / "server/data")
    server.prepare()
    public = free_port()
    inner = int(server.address.rsplit(":", 1)[1])
    server.address = f"https://localhost:{public}"
    server.start()
    authority = Authority(tmp_path / "tls", ("localhost", "127.0.0.1"))
    front = TLSFront(authority, ("127.0.0.1", public), inner)
    yield server, authority
    front.close()
    server.stop()


def test_an_authority_of_ones_own_is_honoured_and_cookies_are_bound_to_the_host(secure, terminal) -> None:
    server, authority = secure
    account: Account = server.add_account("ada")
    trusted = {"SSL_CERT_FILE": str(authority.certificate)}
    screen = terminal("keyfob", "login", server.address, "--device", **trusted)
    address, code = screen.wait_for(invitation)
    assert address == f"{server.address}/device"

    visitor, cookies = PageVisitor(), http.cookiejar.CookieJar()
    visitor._opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(cookies),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(authority.certificate))),
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
