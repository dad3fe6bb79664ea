"""What the tests of `pipecat` share: its hosts, its file, and its sign-in at a terminal."""

import json
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from .browser import Browser
from .cli import Machine
from .server import Account
from .world import VendorWorld

from demonstration.person import invitation

API = "https://api.pipecat.daily.co"
DASHBOARD = "https://pipecat.daily.co"
HOSTS = {"api": "api.pipecat.daily.co", "dashboard": "pipecat.daily.co"}
DAILY_KEY = "d41d8cd98f00b204e9800998ecf8427e"

HEADLESS = f"""
To authenticate with Pipecat Cloud:

  Visit this URL:
  {{url}}

  Then enter this code: {{code}}

Waiting for authentication to complete...
Obtaining account data...
Web authentication finished successfully!
Account details stored to ~/.config/pipecatcloud/pipecatcloud.toml"""


def config(machine: Machine) -> Path:
    """The configuration file."""
    return machine.home / ".config/pipecatcloud/pipecatcloud.toml"


def stored(machine: Machine) -> dict:
    """What the configuration file says."""
    return tomllib.loads(config(machine).read_text())


def settle(world: VendorWorld, name: str = "ada") -> Account:
    """A person who owns two organizations, the first with a Daily API key."""
    account = world.add_account(name)
    operate = world.server.operate
    operate("organization", "add", "Lab", "--slug", "lab", "--owner", name)
    operate("organization", "add", "Workshop", "--slug", "workshop", "--owner", name)
    operate("organization", "set-secret", "lab", "daily_api_key", text=DAILY_KEY + "\n")
    return account


def call(world: VendorWorld, method: str, path: str, token: str = "", **more: object) -> requests.Response:
    """The vendor's API as any program reaches it."""
    headers = {"Host": HOSTS["api"]} | ({"Authorization": f"Bearer {token}"} if token else {})
    inner = f"http://127.0.0.1:{world.server.inner_port}"
    return requests.request(method, inner + path, headers=headers, timeout=30, **more)


def confirm(browser: Browser, address: str, code: str, account: Account, *, approves: bool = True) -> None:
    """What the person does in the browser after a token flow's invitation."""
    browser.open(address)
    if browser.has_button("Sign in"):
        browser.sign_in(account)
    browser.enter_code(code)
    if approves:
        browser.approve()
    else:
        browser.deny()


def sign_in(world: VendorWorld, browser: Browser, account: Account, machine: Machine | None = None) -> str:
    """`pipecat cloud auth login --headless` at a terminal, approved in the browser; returns the stored token."""
    screen = world.terminal("pipecat", "cloud", "auth", "login", "--headless", machine=machine, columns=160)
    address, code = screen.wait_for(invitation)
    confirm(browser, address, code, account)
    ended = screen.end()
    assert (ended.code, ended.output) == (0, HEADLESS.format(url=address, code=code)), ended.output
    return stored(machine or world.machine)["token"]


def make_token(browser: Browser, name: str) -> str:
    """A personal access token, made on the dashboard's page by whoever is signed in there."""
    browser.open(f"{DASHBOARD}/settings/personal-access-tokens/new")
    browser.fill_in("Name", name)
    browser.press("Create")
    return browser.field("Your token").get_attribute("value")


class Stub:
    """An API that answers as it is told, and keeps what it was asked: method, path and query, headers, body."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], str]] = []
        self.answers: dict[str, object] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def tells(self, path: str, body: object, status: int = 200, kind: str = "application/json") -> None:
        """What a path answers; a body that is no text is told as JSON, and a function is called."""
        self.answers[path] = (status, kind, body)

    def to(self, path: str) -> list[tuple[str, str, dict[str, str], str]]:
        """What a path was asked."""
        return [one for one in self.asked if one[1].partition("?")[0] == path]

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                stub.asked.append((self.command, self.path, headers, body))
                status, kind, said = stub.answers.get(self.path.partition("?")[0], (404, "text/plain", "not here"))
                said = said() if callable(said) else said
                data = (said if isinstance(said, str) else json.dumps(said)).encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = answer

            def log_message(self, *_: object) -> None:
                pass

        return Handler
