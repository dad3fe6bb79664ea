"""Real command-line tools, run as a person at a terminal or by themselves."""

import os
import subprocess
import threading
from pathlib import Path

from .pages import PageVisitor
from .person import Account, answer, invitation
from .server import product_variables, program

# What a tool may see of the surroundings; a display is left out, so that it shows its address instead of
# opening it in a browser with the demonstration's home.
_KEPT = ("PATH", "LANG", "LC_ALL", "TERM", "COLORTERM", "NO_COLOR", "TZ")
_PATIENCE = 120


class CommandFailure(Exception):
    """A command ended otherwise than it should."""


class Commands:
    """The tools, in a home folder of their own."""

    def __init__(self, home: Path, address: str, show) -> None:
        self.home = home
        self._show = show
        self.environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_CACHE_HOME": str(home / ".cache"),
        } | product_variables(address)

    def run(self, name: str, *arguments: str, quietly: bool = False, expect: int = 0, typed: str = "") -> str:
        """Runs a tool to its end and returns what it wrote to standard output; `typed` is its standard input."""
        self._announce(name, *arguments)
        result = subprocess.run(
            [program(name), *arguments], env=self.environment, input=typed, capture_output=True,
            text=True, timeout=_PATIENCE, check=False,
        )
        if not quietly:
            for line in (result.stdout + result.stderr).splitlines():
                self._show(f"  {line}")
        if result.returncode != expect:
            raise CommandFailure(
                f"{name} {' '.join(arguments)}: exit code {result.returncode} instead of {expect}\n{result.stderr}"
            )
        return result.stdout

    def sign_in_with_a_person(self, name: str, *arguments: str) -> None:
        """Runs a sign-in on this terminal and waits for the person."""
        self._announce(name, *arguments)
        result = subprocess.run([program(name), *arguments], env=self.environment, check=False)
        if result.returncode != 0:
            raise CommandFailure(f"the sign-in did not succeed (exit code {result.returncode})")

    def sign_in_alone(self, name: str, *arguments: str, account: Account, finds=invitation) -> None:
        """Runs a sign-in and answers its pages over HTTP; `finds` is what knows its screen."""
        self._announce(name, *arguments)
        process = subprocess.Popen(
            [program(name), *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        timer = threading.Timer(_PATIENCE, process.kill)
        timer.start()
        try:
            self._follow(process, account, finds)
        finally:
            timer.cancel()
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode != 0:
            raise CommandFailure(f"{name} {' '.join(arguments)}: exit code {process.returncode}")

    def _follow(self, process: subprocess.Popen, account: Account, finds) -> None:
        screen, answered = "", False
        for line in process.stdout:
            self._show(f"  {line.rstrip()}")
            screen += line
            invited = None if answered else finds(screen)
            if invited:
                answered = True
                page = answer(PageVisitor(), *invited, account)
                self._show(f"  [the page now says: {page.text[:100]}]")
        process.wait()

    def _announce(self, name: str, *arguments: str) -> None:
        self._show(f"\n$ {' '.join([name, *arguments])}")
