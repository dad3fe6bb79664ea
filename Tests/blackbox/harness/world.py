"""A product's world: its vendor's own host names lead to a server of ours, for tools and for browsers."""

from pathlib import Path

from .browser import Browser
from .cli import Machine
from .server import Account, TestServer
from .terminal import Terminal
from .vendor_hosts import VendorHosts

from demonstration.pages import PageVisitor

# The server's own name, under which no product is found.
OPERATOR = "login.operator.example"


class VendorWorld:
    """A server with one product's hosts, TLS in front of it, and a machine that knows no other way.

    `roles` are the hosts by the part that each plays in the product's dialect, `settings` more lines of the dialect's
    settings, `others` the hosts of further products.
    """

    def __init__(
        self, folder: Path, product: str, roles: dict[str, str], settings: dict[str, object],
        others: dict[str, dict[str, str]] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.server = TestServer(folder / "server/data", dialects=(), options=("--config", str(folder / "keyfob.yaml")))
        products = {product: roles} | (others or {})
        names = dict.fromkeys(host for roles in products.values() for host in roles.values())
        self.hosts = VendorHosts(folder, (OPERATOR, *names), self.server.inner_port)
        self.server.address = f"https://{OPERATOR}"
        lines = ["dialects:"]
        for name, hosts in products.items():
            more = settings if name == product else {}
            lines += [f"  {name}:", *(f"    {key}: {value}" for key, value in more.items()), "    hosts:"]
            lines += [f"      {role}: https://{host}" for role, host in hosts.items()]
        (folder / "keyfob.yaml").write_text("\n".join(lines) + "\n")
        self.server.prepare()
        self.server.start()
        self.machine = self.new_machine(folder / "home")
        self._browsers: list[Browser] = []
        self._terminals: list[Terminal] = []

    def new_machine(self, home: Path) -> Machine:
        """Another person's machine in the same world."""
        machine = Machine(home)
        self.hosts.settle_in(machine)
        return machine

    def add_account(self, name: str) -> Account:
        """An account on the server."""
        return self.server.add_account(name)

    def terminal(
        self, name: str | Path, *arguments: str, columns: int = 100, rows: int = 40, machine: Machine | None = None,
        **environment: str,
    ) -> Terminal:
        """A terminal with a program in it, on the world's machine or another."""
        place = machine or self.machine
        self._terminals.append(
            Terminal(place.command(name, *arguments), place.environment | environment, columns=columns, rows=rows)
        )
        return self._terminals[-1]

    def browser(self, **options: bool) -> Browser:
        """A browser in the world; ends with it."""
        self._browsers.append(self.hosts.browser(**options))
        return self._browsers[-1]

    def visitor(self) -> PageVisitor:
        """A browser without a screen in the world."""
        return self.hosts.visitor()

    def close(self) -> None:
        """Ends everything in it."""
        for one in (*self._terminals, *self._browsers):
            one.close()
        self.hosts.close()
        self.server.stop()
