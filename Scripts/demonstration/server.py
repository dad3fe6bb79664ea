"""A keyfob-server of one's own on the loopback interface."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .person import Account

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("KEYFOB_PROGRAMS", ROOT / ".build/debug"))
PATIENCE = 60

# The products whose wire the server speaks besides the standard one.
DIALECTS = ("cldkctl", "pipecat", "podstack", "skytells", "videosdk")


def product_variables(address: str) -> dict[str, str]:
    """What leads every product's tool to a server at this address."""
    names = (
        "SKYTELLS_API_URL", "VIDEOSDK_API_URL", "VIDEOSDK_DASHBOARD_URL", "CLDKCTL_BASE_URL", "PODSTACK_API_ENDPOINT",
        "PIPECAT_API_HOST", "PIPECAT_DASHBOARD_HOST",
    )
    return dict.fromkeys(names, address)


class ServerFailure(Exception):
    """The server did not do what it was asked; the text says what it said."""


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name: str) -> Path:
    """A program that was built here."""
    path = PROGRAMS / name
    if not path.exists():
        raise ServerFailure(f"{path} is not there: `make run` builds it")
    return path


class Server:
    """A server process with its data folder; ends with this process, however that ends."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        # What people and programs see; a proxy's, if one stands in front of the server.
        self.address = f"http://127.0.0.1:{port}"
        self.dialects = DIALECTS
        # More words for `serve`.
        self.options: tuple[str, ...] = ()
        self.inner_port = port
        self._listen = f"127.0.0.1:{port}"
        self._process: subprocess.Popen | None = None
        self._log = folder.parent / "server.log"

    def prepare(self) -> None:
        """Makes the data folder and its tables."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.operate("migrate")

    def add_account(self, name: str) -> Account:
        """Makes an account with a random password."""
        account = Account(name, secrets.token_urlsafe(12))
        self.operate(
            "user", "add", name, "--email", f"{name}@example.org", "--password-stdin", text=account.password + "\n",
        )
        return account

    def start(self) -> None:
        """Starts serving and returns when the server answers."""
        command = [
            str(program("keyfob-server")), "serve", "--data", str(self.folder), "--listen", self._listen,
            "--issuer", self.address, *(word for name in self.dialects for word in ("--dialect", name)), *self.options,
        ]
        self._log.write_bytes(b"")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = self._log.read_text(errors="replace").strip().splitlines()[-8:]
                self.stop()
                raise ServerFailure("the server did not start:\n" + "\n".join(f"  {line}" for line in said))
            time.sleep(0.05)

    def wait(self) -> int:
        """Waits until the server ends by itself."""
        return self._process.wait()

    def stop(self) -> None:
        """Ends the server; harmless if it does not run."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        if "listening on" not in self._log.read_text(errors="replace"):
            return False  # whatever answers on this port is not ours yet
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://{self._listen}/healthz", timeout=5) as response:
                return response.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def operate(self, *arguments: str, text: str = "") -> str:
        """Runs an operator's command on the data folder and returns what it says.

        Raises ServerFailure, with what it says, if it fails.
        """
        command = [str(program("keyfob-server")), *arguments, "--data", str(self.folder)]
        result = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise ServerFailure(f"keyfob-server {' '.join(arguments[:2])} failed: {result.stderr.strip()}")
        return result.stdout


def _die_with_parent() -> None:
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
