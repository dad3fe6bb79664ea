"""What the black-box tests are made of: see the modules of `harness`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.browser import Browser
from harness.cli import Machine
from harness.desk import Desk
from harness.journeys import sign_in
from harness.keyring import Keyring
from harness.pictures import Pictures
from harness.server import Account, TestServer
from harness.surroundings import PROJECT
from harness.terminal import Terminal
from harness.world import VendorWorld

from demonstration.server import product_variables


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TestServer]:
    """A server on a free port with an empty data folder, ready to answer."""
    running = TestServer(tmp_path / "server/data")
    running.prepare()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def short_lived_server(tmp_path: Path) -> Iterator[TestServer]:
    """A server whose device codes live for two seconds."""
    running = TestServer(tmp_path / "short-lived/data", options=("--device-code-life", "2"))
    running.prepare()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def account(server: TestServer) -> Account:
    """An account on the server."""
    return server.add_account("ada")


@pytest.fixture
def machine(tmp_path: Path, request: pytest.FixtureRequest) -> Machine:
    """A person's machine; its products' tools talk to the test's server if there is one."""
    own = {}
    for name in ("server", "short_lived_server"):
        if name in request.fixturenames:
            own = product_variables(request.getfixturevalue(name).address)
    return Machine(tmp_path / "home", **own)


@pytest.fixture
def vendor_world(tmp_path: Path) -> Iterator[Callable[..., VendorWorld]]:
    """Makes a product's world: `vendor_world("product", {"console": "console.vendor.example"}, option="value")`."""
    made: list[VendorWorld] = []

    def make(product: str, roles: dict[str, str], **settings: object) -> VendorWorld:
        made.append(VendorWorld(tmp_path / f"world-{len(made)}", product, roles, settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def signed_in(server: TestServer, account: Account, machine: Machine) -> Machine:
    """The machine, after a `keyfob login`."""
    sign_in(machine, server, account)
    return machine


@pytest.fixture
def desk(machine: Machine, tmp_path: Path) -> Desk:
    """A display with a browser for the machine; what it is told to open, the test opens."""
    return Desk(tmp_path / "desk", machine)


@pytest.fixture
def keyring(machine: Machine) -> Iterator[Keyring]:
    """A keyring of the machine's own; what uses it is run with `**keyring.environment`."""
    session = Keyring(machine)
    yield session
    session.close()


@pytest.fixture
def terminal(machine: Machine) -> Iterator[Callable[..., Terminal]]:
    """Opens terminals on the machine: `terminal("keyfob", "login", …)`."""
    opened: list[Terminal] = []

    def open_terminal(
        name: str | Path, *arguments: str, columns: int = 100, rows: int = 30, **environment: str
    ) -> Terminal:
        opened.append(Terminal(
            machine.command(name, *arguments), machine.environment | environment, columns=columns, rows=rows,
        ))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def _shared_browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture
def browser(_shared_browser: Browser) -> Browser:
    """A browser without cookies; tests share its process, never its state."""
    _shared_browser.forget()
    return _shared_browser


@pytest.fixture
def new_browser() -> Iterator[Callable[..., Browser]]:
    """Starts more browsers, each another person: `new_browser(script=False)`."""
    opened: list[Browser] = []

    def start(**options: bool) -> Browser:
        opened.append(Browser(**options))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def _painter() -> Iterator[Browser]:
    painter = Browser()
    yield painter
    painter.close()


@pytest.fixture
def pictures(tmp_path: Path, _painter: Browser) -> Pictures:
    """Takes pictures, into KEYFOB_SCREENSHOTS if it is set."""
    chosen = os.environ.get("KEYFOB_SCREENSHOTS")
    return Pictures(PROJECT / chosen if chosen else tmp_path / "pictures", _painter)
