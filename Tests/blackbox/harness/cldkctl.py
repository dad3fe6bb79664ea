"""The portal of `cldkctl` on its own host, a person in it, and tokens made there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from .browser import Browser
from .cli import Ended, Machine
from .server import Account
from .world import VendorWorld

HOST = "ai.cloudeka.id"
PORTAL = f"https://{HOST}"
TOKENS = f"{PORTAL}/profile/api/token"
FORM = r"cldkctl_[0-9A-Za-z]{32}"


class Portal:
    """A world with the portal, `ada` in it with an organization and two projects, and her browser."""

    def __init__(self, folder: Path) -> None:
        self.world = VendorWorld(folder, "cldkctl", {"portal": HOST}, {})
        self.server = self.world.server
        self.ada: Account = self.world.add_account("ada")
        for words in (
            ("organization", "add", "Lab", "--slug", "lab", "--owner", "ada"),
            ("organization", "add", "Other", "--slug", "other", "--owner", "ada"),
            ("project", "add", "lab", "Vision", "--slug", "vision"),
            ("project", "add", "other", "Speech", "--slug", "speech"),
        ):
            self.server.operate(*words)
        self.browser: Browser = self.world.browser()

    def make_token(self, name: str, last_day: str = "") -> str:
        """A token, made on the page; returns the secret that it shows once. `last_day` is YEAR-MONTH-DAY."""
        self.browser.open(f"{TOKENS}/new")
        if self.browser.has_button("Sign in"):
            self.browser.sign_in(self.ada)
        self.browser.fill_in("Token Name", name)
        if last_day:
            field = self.browser.field("Expired date")
            self.browser.driver.execute_script("arguments[0].value = arguments[1]", field, last_day)
        self.browser.press("Create")
        return self.browser.field("Secret API Key").get_attribute("value")

    def call(self, method: str, path: str, jwt: str = "", **more: object) -> requests.Response:
        """The API as any program reaches it, but for the name of the host, which only the header has."""
        headers = {"Host": HOST} | ({"Authorization": f"Bearer {jwt}"} if jwt else {})
        address = f"http://127.0.0.1:{self.server.inner_port}{path}"
        return requests.request(method, address, headers=headers, timeout=30, **more)

    def exchange(self, token: str) -> requests.Response:
        """The exchange of a token."""
        return self.call("POST", "/core/cldkctl/auth", json={"token": token})

    def jwt(self, token: str) -> str:
        """The JWT that a token is exchanged for."""
        return self.exchange(token).json()["data"]["token"]

    def signed_in(self, home: Path, token: str) -> Machine:
        """A machine on which the token was pasted."""
        machine = self.world.new_machine(home)
        ended = machine.run("cldkctl", "auth", text=token + "\n")
        assert (ended.code, ended.output, ended.errors) == (0, "Auth success\n", "")
        return machine


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal for the tests of a module."""
    made = Portal(tmp_path_factory.mktemp("portal"))
    yield made
    made.world.close()


@pytest.fixture(scope="module")
def token(portal: Portal) -> str:
    """A token that lives for ever; tests must not end it."""
    return portal.make_token("shared")


@pytest.fixture
def machine(portal: Portal, tmp_path: Path) -> Machine:
    """A machine on which nobody is signed in."""
    return portal.world.new_machine(tmp_path / "home")


@pytest.fixture
def ours(portal: Portal, token: str, tmp_path: Path) -> Machine:
    """A machine that is signed in."""
    return portal.signed_in(tmp_path / "home", token)


def file_of(machine: Machine) -> Path:
    """The credential file."""
    return machine.home / ".cldkctl/config.json"


def stored(machine: Machine) -> dict:
    """What is in it."""
    return json.loads(file_of(machine).read_text())


def not_authenticated(ended: Ended) -> bool:
    """Whether a command said that nobody is signed in, and nothing else."""
    return (ended.code, ended.output, ended.errors) == (4, "", "Not authenticated. Run 'cldkctl auth'.\n")
