"""A person's machine without a screen: command-line tools in a home folder of their own."""

import os
import signal
import stat
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from .server import program
from .surroundings import PATIENCE


@dataclass(frozen=True)
class Ended:
    """How a command ended. `code` is a shell's: 128 and the number for a signal."""

    code: int
    output: str
    errors: str


class Machine:
    """A home folder and the environment of the tools in it; no display, no proxy, no colour."""

    def __init__(self, home: Path, **environment: str) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        runtime = home / "run"
        runtime.mkdir(exist_ok=True, mode=0o700)
        self.home = home
        # Words before every command, such as those that give it a hosts file of its own.
        self.wrapper: list[str] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_RUNTIME_DIR": str(runtime),
        } | environment

    def command(self, name: str | Path, *arguments: str) -> list[str]:
        """The words that start a program: one that was built here, or one at a path."""
        path = name if isinstance(name, Path) else program(name)
        return [*self.wrapper, str(path), *arguments]

    def run(
        self, name: str | Path, *arguments: str, text: str = "", timeout: float = PATIENCE, **environment: str
    ) -> Ended:
        """Runs a program to its end; standard input is `text`, no terminal is there."""
        result = subprocess.run(
            self.command(name, *arguments), env=self.environment | environment, cwd=self.home, input=text,
            capture_output=True, text=True, timeout=timeout, check=False,
        )
        return Ended(shell_code(result.returncode), result.stdout, result.stderr)

    def start(self, name: str | Path, *arguments: str, **environment: str) -> "Running":
        """Starts a program without a terminal and returns while it runs."""
        return Running(subprocess.Popen(
            self.command(name, *arguments), env=self.environment | environment, cwd=self.home,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ))

    def mode(self, path: Path) -> str:
        """A file's permissions, as `0600`."""
        return f"{stat.S_IMODE(path.stat().st_mode):04o}"


class Running:
    """A program that runs without a terminal; what it writes is read line by line."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process
        self.screen = ""

    def read_until(self, found) -> object:
        """Reads lines until `found(text so far)` is true, and returns that value; fails if the output ends."""
        while True:
            value = found(self.screen)
            if value:
                return value
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"ended before that:\n{self.screen}")
            self.screen += line

    def interrupt(self) -> None:
        """What Ctrl+C does to a program."""
        self.process.send_signal(signal.SIGINT)

    def end(self, timeout: float = PATIENCE) -> Ended:
        """Waits for its end."""
        # Not communicate(): it reads past what readline() has already taken in.
        timer = threading.Timer(timeout, self.process.kill)
        timer.start()
        try:
            rest = self.process.stdout.read()
            code = self.process.wait()
        finally:
            is_in_time = timer.is_alive()
            timer.cancel()
        if not is_in_time:
            raise AssertionError(f"did not end within {timeout:.0f} s:\n{self.screen}{rest}")
        self.screen += rest
        return Ended(shell_code(code), self.screen, "")


def shell_code(code: int) -> int:
    """An exit code as a shell shows it."""
    return code if code >= 0 else 128 - code
