"""A vendor's own host names, led to a server of ours: nothing leaves this machine, and nobody else is fooled.

Programs see a hosts file of their own in a mount namespace of their own; Chromium gets a resolver rule; both trust an
authority that the test made.
"""

import http.client
import itertools
import os
import socket
import ssl
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .browser import Browser
from .cli import Machine
from .tls import Authority, TLSFront

from demonstration.pages import PageVisitor

_BIND = 'mount --bind "$KEYFOB_TEST_HOSTS" /etc/hosts && exec "$@"'


class VendorHosts:
    """Host names on port 443 of a loopback address that no other test has, in front of a server's port."""

    def __init__(self, folder: Path, hosts: tuple[str, ...], target: int) -> None:
        self.hosts = hosts
        self.authority = Authority(folder / "tls", hosts)
        self.address, self._front = self._listen(target)
        self._file = folder / "hosts"
        lines = [f"{self.address} {host}" for host in hosts]
        self._file.write_text("\n".join(["127.0.0.1 localhost", "::1 localhost", *lines]) + "\n")

    def close(self) -> None:
        """Ends the TLS front."""
        self._front.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs in order to trust the authority, whichever library it uses."""
        certificate = str(self.authority.certificate)
        return {
            "SSL_CERT_FILE": certificate, "REQUESTS_CA_BUNDLE": certificate, "CURL_CA_BUNDLE": certificate,
            "KEYFOB_TEST_HOSTS": str(self._file),
        }

    def settle_in(self, machine: Machine) -> None:
        """Makes a machine one on which the vendor's names lead here."""
        machine.environment |= self.environment
        machine.wrapper = self.wrapper

    @property
    def wrapper(self) -> list[str]:
        """The words before a command that let it see the hosts file."""
        as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
        return ["unshare", *as_root, "--mount", "--propagation", "private", "sh", "-c", _BIND, "sh"]

    def browser(self, **options: bool) -> Browser:
        """A browser for which the names lead here; the caller closes it."""
        rules = " , ".join(f"MAP {host} {self.address}" for host in self.hosts)
        return Browser(rules=rules, trusted_key=self.authority.key_fingerprint, **options)

    def visitor(self) -> PageVisitor:
        """A browser without a screen for which the names lead here."""
        visitor = PageVisitor()
        visitor._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(), _Leading(self),
        )
        return visitor

    def _listen(self, target: int) -> tuple[str, TLSFront]:
        for address in _addresses():
            try:
                return address, TLSFront(self.authority, (address, 443), target)
            except OSError as error:
                taken = error
        raise taken


class _Leading(urllib.request.HTTPSHandler):
    """Connects to the front, whatever the name; the certificate is checked by name."""

    def __init__(self, hosts: VendorHosts) -> None:
        super().__init__()
        self._trust = ssl.create_default_context(cafile=str(hosts.authority.certificate))
        self._address = (hosts.address, 443)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, request)

    def _connection(self, host: str, **options: object) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(host, context=self._trust, **options)
        connection._create_connection = lambda _, *more: socket.create_connection(self._address, *more)
        return connection


def _addresses() -> Iterator[str]:
    """Loopback addresses, starting at one of this process's own."""
    start = os.getpid() % 200
    for step in itertools.islice(itertools.count(), 200):
        yield socket.inet_ntoa(bytes((127, 77, (start + step) % 200 + 1, 1)))
