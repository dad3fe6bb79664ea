"""A right that can be used once is used once: by many at the same moment, and with the server killed in between."""

import base64
import hashlib
import http.client
import json
import secrets
import sqlite3
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar

import pytest

from harness.server import Account, TestServer
from harness.surroundings import record, scaled

from demonstration.pages import Page, PageVisitor

CODES = scaled(24, 200)
REDEEMERS = 16
KILLS = scaled(2, 10)
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
REDIRECT = "http://127.0.0.1:47811/callback"


@dataclass(frozen=True)
class Right:
    """A code and the form that redeems it."""

    form: dict[str, str]


class Clients:
    """Sixteen clients who try the same code at the same moment."""

    def __init__(self, server: TestServer) -> None:
        self._server = server
        self._replies: list[tuple[int, dict]] = []
        self._lock = threading.Lock()

    def redeem(self, right: Right) -> list[tuple[int, dict]]:
        """All replies; a lost connection is no reply."""
        self._replies = []
        start = threading.Barrier(REDEEMERS)
        threads = [threading.Thread(target=self._try, args=(right, start)) for _ in range(REDEEMERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._replies

    def _try(self, right: Right, start: threading.Barrier) -> None:
        start.wait()
        try:
            reply = post(self._server, "/oauth/token", right.form)
        except (OSError, http.client.HTTPException):
            return
        with self._lock:
            self._replies.append(reply)


def post(server: TestServer, path: str, form: dict[str, str]) -> tuple[int, dict]:
    place = urllib.parse.urlsplit(server.address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    try:
        connection.request(
            "POST", path, urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()


class Visitor(PageVisitor):
    """A browser that stops at a redirect to another place and tells which it is."""

    def __init__(self) -> None:
        super().__init__()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()), _StopElsewhere()
        )

    def redirect_of(self, page: Page, button: str) -> str:
        with pytest.raises(_Elsewhere) as stopped:
            self.submit(page, button)
        return stopped.value.location


class _Elsewhere(Exception):
    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class _StopElsewhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, location):  # noqa: ANN001, ANN201
        if urllib.parse.urlsplit(location).netloc != request.host:
            raise _Elsewhere(location)
        return super().redirect_request(request, file, code, message, headers, location)


def signed_in(server: TestServer, account: Account) -> Visitor:
    visitor = Visitor()
    page = visitor.open(server.address + "/sign-in")
    visitor.submit(page, "Sign in", {"Username": account.name, "Password": account.password})
    return visitor


def device_codes(server: TestServer, account: Account) -> Iterator[Right]:
    """Approved device codes."""
    visitor = signed_in(server, account)
    for _ in range(CODES):
        _, started = post(server, "/oauth/device_authorization", {"client_id": "keyfob"})
        page = visitor.open(server.address + "/device")
        page = visitor.submit(page, "Continue", {"Code": started["user_code"]})
        page = visitor.submit(page, "Approve")
        assert "signed in" in page.text
        form = {"grant_type": DEVICE_GRANT, "device_code": started["device_code"], "client_id": "keyfob"}
        yield Right(form)


def authorization_codes(server: TestServer, account: Account) -> Iterator[Right]:
    """Authorization codes with their verifiers."""
    cookie_holder = signed_in(server, account)
    for _ in range(CODES):
        verifier = secrets.token_urlsafe(32)
        digest = hashlib.sha256(verifier.encode()).digest()
        query = urllib.parse.urlencode({
            "response_type": "code", "client_id": "keyfob", "redirect_uri": REDIRECT, "state": "s",
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="), "code_challenge_method": "S256",
        })
        page = cookie_holder.open(f"{server.address}/authorize?{query}")
        location = cookie_holder.redirect_of(page, "Approve")
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)["code"][0]
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "client_id": "keyfob",
            "code_verifier": verifier,
        }
        yield Right(form)


Rights = Callable[[TestServer, Account], Iterator[Right]]
KINDS = [pytest.param(device_codes, id="device codes"), pytest.param(authorization_codes, id="authorization codes")]


@pytest.mark.parametrize("rights", KINDS)
def test_of_sixteen_who_redeem_one_code_one_wins(server: TestServer, account: Account, rights: Rights) -> None:
    clients = Clients(server)
    for right in rights(server, account):
        replies = clients.redeem(right)
        winners = [reply for status, reply in replies if status == 200]
        losers = [(status, reply["error"]) for status, reply in replies if status != 200]
        assert len(winners) == 1
        assert losers == [(400, "invalid_grant")] * (REDEEMERS - 1)
    record("redeemed once", rights.__name__, f"{CODES} codes", f"{REDEEMERS} clients")


@pytest.mark.parametrize("rights", KINDS)
def test_a_killed_server_never_gives_one_code_two_sets_of_tokens(
    server: TestServer, account: Account, rights: Rights
) -> None:
    # Killed while a code is being redeemed, each time at another moment of it.
    clients = Clients(server)
    killed = 0
    for number, right in enumerate(rights(server, account)):
        wins: set[str] = set()
        if number % (CODES // KILLS) == 0:
            killed += 1
            delay = secrets.randbelow(20) / 1000
            killer = threading.Timer(delay, server.kill)
            killer.start()
            wins |= tokens(clients.redeem(right))
            killer.join()
            server.start()
        was_killed = bool(wins) or number % (CODES // KILLS) == 0
        wins |= tokens(clients.redeem(right))
        wins |= tokens(clients.redeem(right))
        # Who was killed may have given tokens away with nobody there to take them; nobody else loses any.
        assert len(wins) <= 1 if was_killed else len(wins) == 1
    assert killed >= KILLS
    # What arrived is not all: the database says what was minted.
    with sqlite3.connect(f"file:{server.folder}/keyfob.db?mode=ro", uri=True) as database:
        minted = database.execute("SELECT count(*) FROM sessions").fetchone()[0]
    assert minted == CODES
    record("redeemed once under kill -9", rights.__name__, f"{CODES} codes", f"{REDEEMERS} clients", f"{killed} kills")


def tokens(replies: list[tuple[int, dict]]) -> set[str]:
    """The distinct refresh tokens that were handed out."""
    return {reply["refresh_token"] for status, reply in replies if status == 200}
