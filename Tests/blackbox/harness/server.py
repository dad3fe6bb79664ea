"""A real keyfob-server that tests start, kill and start again."""

import json
import os
import signal
import subprocess
from pathlib import Path

from .surroundings import PROJECT, wait_until  # noqa: F401  (makes Scripts importable)

from demonstration import server as demonstration  # noqa: E402
from demonstration.person import Account  # noqa: E402
from demonstration.server import Server, ServerFailure, free_port, program  # noqa: E402

__all__ = ["Account", "TestServer", "free_port", "program"]


class TestServer(Server):
    """The demonstration's server, with an operator's and a vandal's hands on it.

    Devices are asked to poll every second, so that nobody waits; `options` are more words for `serve`.
    """

    __test__ = False

    def __init__(
        self, folder: Path, port: int | None = None, options: tuple[str, ...] = (),
        dialects: tuple[str, ...] = demonstration.DIALECTS,
    ) -> None:
        super().__init__(folder, port or free_port())
        self.dialects = dialects
        self.options = ("--poll-interval", "1", *options)

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What it has logged since it was started."""
        return self._log.read_text(errors="replace")

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """kill -9: no good-bye, nothing flushed by hand."""
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait()

    def restart(self) -> None:
        """Starts again on the same port and data, after a stop if it still runs."""
        self.stop()
        self.start()

    def add_client(
        self, identifier: str, *, name: str = "A test's client", confidential: bool = False,
        redirects: tuple[str, ...] = (), grants: tuple[str, ...] = (), scopes: tuple[str, ...] = (),
        token_life: int | None = None,
    ) -> dict:
        """Registers a client and returns what the operator's command says of it, the secret included."""
        arguments = ["client", "add", identifier, "--name", name, "--json"]
        arguments += ["--confidential"] * confidential
        for option, values in (("--redirect-uri", redirects), ("--grant", grants), ("--scope", scopes)):
            for value in values:
                arguments += [option, value]
        if token_life is not None:
            arguments += ["--token-life", str(token_life)]
        return json.loads(self.operate(*arguments))
