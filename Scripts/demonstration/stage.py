"""What a play has at hand: a server, tools in a home folder, a person with an account and a browser."""

import json
import os
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from .commands import CommandFailure, Commands
from .pages import Page, PageVisitor
from .person import Account, invitation
from .server import Server


def show(text: str = "") -> None:
    """Writes a line."""
    print(text, flush=True)


def heading(text: str) -> None:
    """Writes a heading."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else ("", "")
    show(f"\n{bold}{text}{plain}")


def call(address: str, token: str = "") -> tuple[int, dict]:
    """What an API answers to a request, with a bearer token if there is one."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=30) as response:
            body = response.read()
            return response.status, json.loads(body) if body else {}
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {}


def expect(status: int, wanted: int, what: str) -> None:
    """Fails the play if a status is another than the one wanted."""
    if status != wanted:
        raise CommandFailure(f"{what}: the server answered {status} instead of {wanted}")


@dataclass
class Stage:
    """A server, the tools, an account; `alone` plays the person too, else the person at the terminal is waited for."""

    server: Server
    commands: Commands
    account: Account
    alone: bool
    visitor: PageVisitor = field(default_factory=PageVisitor)

    def sign_in(self, name: str, *arguments: str, finds=invitation) -> None:
        """A sign-in that waits for somebody in a browser; `finds` is what knows its screen: `invitation` or `link`."""
        if self.alone:
            self.commands.sign_in_alone(name, *arguments, account=self.account, finds=finds)
        else:
            self.commands.sign_in_with_a_person(name, *arguments)

    def introduce(self) -> None:
        """Tells the person at the terminal who they are."""
        if not self.alone:
            show(f"   Open the address below in your browser; sign in as {self.account.name} with {self.account.password}")

    def open_page(self, path: str) -> Page:
        """A page of the server, after the sign-in that it may ask for; visited by the play itself."""
        page = self.visitor.open(self.server.address + path)
        if page.form_with_button("Sign in"):
            credentials = {"Username": self.account.name, "Password": self.account.password}
            page = self.visitor.submit(page, "Sign in", credentials)
        return page
