"""Podstack's world: its hosts, people with projects, API tokens from the dashboard, and a program for the `pod` command."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import requests
from selenium.webdriver.support.select import Select

from .browser import Browser
from .cli import Machine
from .desk import Desk
from .server import Account, program
from .world import VendorWorld

API, DASHBOARD, GET = "https://api.podstack.ai", "https://cloud.podstack.ai", "https://get.podstack.ai"
HOSTS = {"api": "api.podstack.ai", "dashboard": "cloud.podstack.ai", "get": "get.podstack.ai"}
WORK_HOSTS = {"api": "api.work.podstack.ai", "dashboard": "api.work.podstack.ai"}
TOKEN_PAGE = f"{DASHBOARD}/account/api-tokens"
TOKEN = re.compile("podstack_[A-Za-z0-9]{40}")
WARNING = (
    "Warning: A token on the command line is seen by other programs and kept by the shell; "
    "set PODSTACK_API_TOKEN instead, or pipe it into 'podstack auth login --token -'\n"
)

# What the vendor's other commands could be: it asks the API with what it was given, and never shows the token.
_POD = """#!/bin/sh
set -eu
ask() {
    printf 'header = "Authorization: Bearer %s"\\n' "$PODSTACK_API_TOKEN" |
        curl -sS -K - -o /dev/null -w '%{http_code}' "$PODSTACK_API_ENDPOINT$1"
}
verb=$1
shift
echo "pod $verb ($*) in ${PODSTACK_PROJECT:-no project} as ${PODSTACK_PROFILE:-nobody} at $PODSTACK_API_ENDPOINT"
echo "account: $(ask /v1/account), project: $(ask "/v1/projects/${PODSTACK_PROJECT:-}")"
"""


def add_person(world: VendorWorld, name: str, *projects: str) -> Account:
    """An account with an organization of its own, and projects in it."""
    account = world.add_account(name)
    world.server.operate("organization", "add", f"{name}'s", "--slug", f"{name}-lab", "--owner", name)
    for project in projects:
        world.server.operate("project", "add", f"{name}-lab", project, "--slug", project)
    return account


def config(machine: Machine) -> Path:
    """The configuration file."""
    return machine.home / ".podstack/config.yaml"


def stored(machine: Machine) -> dict:
    """What is in it: tables in tables, every value as its text."""
    return read_tables(config(machine).read_text())


def read_tables(text: str) -> dict:
    """The YAML that a person would write here: names and values, indented."""
    root: dict = {}
    open_tables = [(-1, root)]
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        name, _, value = line.strip().partition(":")
        while open_tables[-1][0] >= indent:
            open_tables.pop()
        value = value.strip().strip("'\"")
        open_tables[-1][1][name] = value or {}
        if not value:
            open_tables.append((indent, open_tables[-1][1][name]))
    return root


def call(world: VendorWorld, method: str, path: str, token: str = "", host: str = HOSTS["api"], **more: object):
    """The API as any program reaches it."""
    headers = {"Host": host} | ({"Authorization": f"Bearer {token}"} if token else {}) | more.pop("headers", {})
    return requests.request(
        method, f"http://127.0.0.1:{world.server.inner_port}{path}", headers=headers, timeout=30, **more)


def identifier(world: VendorWorld, token: str) -> str:
    """The account's identifier, as the API says it."""
    account = call(world, "GET", "/v1/account", token).json()["id"]
    assert re.fullmatch("acc_[0-9]+", account)
    return account


def make_token(browser: Browser, account: Account, name: str, life: str = "30 days", page: str = TOKEN_PAGE) -> str:
    """An API token, made on the dashboard's page; returns the secret that it shows once."""
    browser.open(page)
    if browser.has_button("Sign in"):
        browser.sign_in(account)
    assert browser.heading == "API Tokens"
    browser.open(f"{page}/new")
    browser.fill_in("Name", name)
    Select(browser.field("Expires")).select_by_visible_text(life)
    browser.press("Create")
    token = browser.field("Your API token").get_attribute("value")
    assert TOKEN.fullmatch(token)
    return token


def log_in(world: VendorWorld, browser: Browser, account: Account, folder: Path, *options: str,
           machine: Machine | None = None, **environment: str) -> str:
    """`podstack auth login` at a terminal with a browser; returns the whole last screen."""
    machine = machine or world.machine
    desk = Desk(folder, machine)
    screen = world.terminal(
        "podstack", *options, "auth", "login", columns=700, machine=machine, **environment, **desk.environment)
    browser.open(desk.wait_for_address())
    if browser.has_button("Sign in"):
        browser.sign_in(account)
    browser.approve()
    ended = screen.end()
    assert ended.code == 0, ended.output
    return ended.output


def offer_program(folder: Path) -> Path:
    """A folder with the built program and its checksum, as an operator offers it to the installer."""
    folder.mkdir(parents=True, exist_ok=True)
    offered = folder / "podstack-linux-x86_64"
    shutil.copyfile(program("podstack"), offered)
    subprocess.run(["strip", str(offered)], check=True)
    digest = hashlib.file_digest(offered.open("rb"), "sha256").hexdigest()
    (folder / f"{offered.name}.sha256").write_text(f"{digest}  {offered.name}\n")
    return folder


def put_pod_program(folder: Path) -> Path:
    """A folder with a program `podstack-pod`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "podstack-pod").write_text(_POD)
    (folder / "podstack-pod").chmod(0o755)
    return folder


def join(first: VendorWorld, second: VendorWorld, home: Path) -> Machine:
    """A machine that sees the hosts of two worlds."""
    machine = first.new_machine(home)
    for name in ("KEYFOB_TEST_HOSTS", "SSL_CERT_FILE"):
        merged = home / name.lower()
        merged.write_text("".join(Path(world.hosts.environment[name]).read_text() for world in (first, second)))
        machine.environment[name] = str(merged)
    for name in ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        machine.environment[name] = machine.environment["SSL_CERT_FILE"]
    return machine
