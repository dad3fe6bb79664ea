"""Whole sign-ins, for tests that are about what comes before or after."""

import json
from pathlib import Path

from .cli import Ended, Machine
from .server import Account, TestServer

from demonstration.pages import PageVisitor
from demonstration.person import answer, invitation


def sign_in(machine: Machine, server: TestServer, account: Account, *options: str) -> Ended:
    """`keyfob login` with a code, approved over HTTP; ends well."""
    login = machine.start("keyfob", "login", server.address, "--device", *options)
    return _approved(login, account)


def sign_in_to_skytells(machine: Machine, account: Account, *options: str) -> Ended:
    """`skytells login`, approved over HTTP; ends well."""
    return _approved(machine.start("skytells", "login", *options), account)


def credentials(machine: Machine, product: str = "keyfob") -> Path:
    """A product's credential file."""
    return machine.home / ".config" / product / "credentials.json"


def expire(machine: Machine) -> None:
    """Makes the stored access token one that has just ended, as the clock would."""
    file = credentials(machine)
    content = json.loads(file.read_text())
    changed = _with_expiry(content, "2020-01-01T00:00:00Z")
    assert changed != content, f"no expiry in {content}"
    file.write_text(json.dumps(changed))


def _approved(login, account: Account) -> Ended:
    address, code = login.read_until(invitation)
    answer(PageVisitor(), address, code, account)
    ended = login.end()
    assert ended.code == 0, ended.output
    return ended


def _with_expiry(value: object, time: str) -> object:
    if isinstance(value, dict):
        return {name: _expiry_like(one, time) if name == "expires_at" else _with_expiry(one, time)
                for name, one in value.items()}
    return value


def _expiry_like(old: object, time: str) -> object:
    return time if isinstance(old, str) else 1_577_836_800
