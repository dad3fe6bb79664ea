"""A desk with a display: what tools open in its browser is handed to the test."""

from pathlib import Path

from .cli import Machine
from .surroundings import wait_until

_XDG_OPEN = """#!/bin/sh
printf '%s\\n' "$1" >> "{record}"
exit {code}
"""


class Desk:
    """An `xdg-open` that writes down what it is asked to open; use `environment` to start a tool there."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        folder.mkdir()
        self._folder = folder
        self._record = folder / "opened.txt"
        self._install(0)
        self.environment = {"DISPLAY": ":9", "PATH": f"{folder}:{machine.environment['PATH']}"}

    def break_browser(self) -> None:
        """From now on the browser can't be started."""
        self._install(3)

    @property
    def opened(self) -> list[str]:
        """The addresses so far."""
        return self._record.read_text().splitlines() if self._record.exists() else []

    def wait_for_address(self, number: int = 1) -> str:
        """Waits for so many addresses and returns the last."""
        return wait_until(lambda: len(self.opened) >= number and self.opened[-1], "an address in the browser")

    def _install(self, code: int) -> None:
        program = self._folder / "xdg-open"
        program.write_text(_XDG_OPEN.format(record=self._record, code=code))
        program.chmod(0o755)
