"""`videosdk`'s sign-in from the person's side, and its file."""

import base64
import hashlib
import json
import re
import secrets
from pathlib import Path

import requests

from .cli import Machine, Running
from .server import Account
from .terminal import Terminal
from .world import VendorWorld

from demonstration.pages import Page, PageVisitor

API, DASHBOARD = "https://api.videosdk.live", "https://app.videosdk.live"
HOSTS = {"api": "api.videosdk.live", "dashboard": "app.videosdk.live"}
RULE = "━" * 40
_LINK = re.compile(r"^https://app\.videosdk\.live/cli/confirm-auth\?requestId=(\S+)$", re.MULTILINE)


def file_of(machine: Machine) -> Path:
    """The file in which the vendor's client keeps its token, and ours."""
    return machine.home / ".config/videosdk_config/config.json"


def content_of(machine: Machine) -> dict:
    """What is in it."""
    return json.loads(file_of(machine).read_text())


def write_file(machine: Machine, content: dict | str, mode: int = 0o600) -> Path:
    """Puts a file there, as some program left it."""
    file = file_of(machine)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2))
    file.chmod(mode)
    return file


def link_on(screen: Terminal | Running) -> str:
    """Waits for the line with the link."""
    found = lambda text: _LINK.search(text)  # noqa: E731
    return (screen.wait_for(found) if isinstance(screen, Terminal) else screen.read_until(found))[0]


def decide(visitor: PageVisitor, link: str, account: Account, decision: str = "Approve") -> Page:
    """Opens the link, signs in where that is asked for, and presses a button; returns the page that follows."""
    page = visitor.open(link)
    if page.form_with_button("Sign in"):
        page = visitor.submit(page, "Sign in", {"Username": account.name, "Password": account.password})
    return visitor.submit(page, decision)


def call(world: VendorWorld, method: str, path: str, **more: object) -> requests.Response:
    """The vendor's API as any program reaches it."""
    headers = {"Host": HOSTS["api"]} | more.pop("headers", {})
    return requests.request(
        method, f"http://127.0.0.1:{world.server.inner_port}{path}", headers=headers, timeout=30, **more
    )


def me(world: VendorWorld, token: str) -> requests.Response:
    """Who the owner of a token is, as the API says."""
    return call(world, "GET", "/ai/v1/cloud/registry/me", headers={"Authorization": token})


def new_token(world: VendorWorld, visitor: PageVisitor, account: Account) -> str:
    """The token of a whole sign-in by a program of the test's own, which polls at once."""
    verifier = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    body = {"code_challenge": challenge, "code_challenge_method": "S256"}
    started = call(world, "POST", "/v2/cli/request/start", json=body)
    assert started.status_code == 200, started.text
    request = started.json()["requestId"]
    decide(visitor, f"{DASHBOARD}/cli/confirm-auth?requestId={request}", account)
    polled = call(
        world, "GET", f"/v2/cli/request/status?requestId={request}", headers={"Code-Verifier": verifier}
    )
    assert polled.json()["status"] == "approved", polled.text
    return polled.json()["token"]


def new_world(folder: Path, **settings: object) -> VendorWorld:
    """The vendor's hosts, led to a server of ours on which Ada has an account."""
    world = VendorWorld(folder, "videosdk", HOSTS, settings)
    world.ada = world.add_account("ada")
    world.server.operate("user", "set-attribute", "ada", "tier", "Pro")
    return world
