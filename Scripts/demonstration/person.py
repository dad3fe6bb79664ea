"""A person who approves a sign-in: reads a screen, opens the page, fills in what it asks for."""

import re
from dataclasses import dataclass

from .pages import Page, PageVisitor

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
# Alone on its line, and a page: the issuer's own address, in a sentence or a command, is not meant.
_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s/]+/\S+)[ \t\r]*$", re.MULTILINE)
_CODE = re.compile(r"(?<![\w=-])[A-Z0-9]{4}-[A-Z0-9]{4}(?![\w-])")


@dataclass(frozen=True)
class Account:
    """An account's name and password."""

    name: str
    password: str


def invitation(screen: str) -> tuple[str, str] | None:
    """The address and the code that a screen shows, once it shows both."""
    plain = _ESCAPE.sub("", screen)
    address, code = _ADDRESS.search(plain), _CODE.search(plain)
    return (address[1], code[0]) if address and code else None


def link(screen: str) -> tuple[str, str] | None:
    """The address that a screen shows on a line of its own, where there is no code to enter."""
    address = _ADDRESS.search(_ESCAPE.sub("", screen))
    return (address[1], "") if address else None


def answer(visitor: PageVisitor, address: str, code: str, account: Account, decision: str = "Approve") -> Page:
    """Signs in, enters the code and presses the decision's button; returns the last page.

    Pages come in the server's order: whichever asks for something gets it, each kind of page once.
    Raises LookupError, with what the page says, if there is no way on.
    """
    page = visitor.open(address)
    steps: dict[str, dict[str, str]] = {
        "Sign in": {"Username": account.name, "Password": account.password},
        "Continue": {"Code": code},
        decision: {},
    }
    while steps:
        button = next((text for text in steps if page.form_with_button(text)), None)
        if button is None:
            raise LookupError(f"{page.address} ({page.status}) asks for nothing known: {page.text}")
        values = steps.pop(button)
        form = page.form_with_button(button)
        page = visitor.submit(page, button, {label: text for label, text in values.items() if form.field_labelled(label)})
        if button == decision:
            break
    if page.status >= 400:
        raise LookupError(f"{page.address} ({page.status}): {page.text}")
    return page
