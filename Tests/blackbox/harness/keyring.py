"""A session bus of its own with a real GNOME Keyring, open or locked, for the tools of one machine."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from .cli import Machine
from .surroundings import wait_until

PASSWORD = "correct horse"

# No service folders: else the bus itself would start a keyring where there should be none.
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Keyring:
    """A session with a keyring; the keyring's files are in the machine's home, and so outlive the session.

    `environment` is for tools that shall reach it: `machine.run("podstack", …, **keyring.environment)`.
    """

    def __init__(self, machine: Machine) -> None:
        # Not in the machine's home: a socket's path must be short.
        self._folder = Path(tempfile.mkdtemp(prefix="keyfob-bus-"))
        (self._folder / "run").mkdir(mode=0o700)
        configuration = self._folder / "bus.conf"
        configuration.write_text(_CONFIGURATION.format(folder=self._folder))
        self._machine = machine
        self._daemon: subprocess.Popen | None = None
        self.environment = {"XDG_RUNTIME_DIR": str(self._folder / "run")}
        self._bus = self._start("dbus-daemon", "--nofork", "--print-address=1", f"--config-file={configuration}")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        assert self.environment["DBUS_SESSION_BUS_ADDRESS"], "the session bus did not start"

    def unlock(self) -> "Keyring":
        """Starts the keyring and opens it, making it the first time."""
        self._start_daemon("--unlock", text=PASSWORD)
        wait_until(lambda: "boolean false" in self._locked(), "an open keyring")
        return self

    def lock(self) -> "Keyring":
        """Starts the keyring anew without opening it; it must have been made before."""
        self._start_daemon()
        wait_until(lambda: "boolean true" in self._locked(), "a locked keyring")
        return self

    def leave(self) -> "Keyring":
        """Ends the keyring; the bus stays, and has no keyring from then on."""
        self._end_daemon()
        wait_until(lambda: "boolean" not in self._locked(), "the keyring's end")
        return self

    def freeze(self) -> "Keyring":
        """From now on the keyring keeps its name on the bus and answers nothing."""
        self._daemon.send_signal(signal.SIGSTOP)
        return self

    def look_up(self, key: str) -> str | None:
        """The secret under a tool's key (`podstack:work`), as `secret-tool` finds it; None if there is none."""
        found = self._run("secret-tool", "lookup", "application", "keyfob", "key", key)
        return found.stdout if found.returncode == 0 else None

    def describe(self) -> str:
        """All secrets of the tools with their labels and attributes, as `secret-tool` shows them."""
        found = self._run("secret-tool", "search", "--all", "application", "keyfob")
        return found.stdout + found.stderr

    def close(self) -> None:
        """Ends the session."""
        self._end_daemon()
        self._bus.kill()
        self._bus.wait()
        self._bus.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start_daemon(self, *options: str, text: str = "") -> None:
        self._end_daemon()
        self._daemon = self._start("gnome-keyring-daemon", "--foreground", "--components=secrets", *options, text=text)

    def _end_daemon(self) -> None:
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon.stdout.close()
            self._daemon = None

    def _start(self, *command: str, text: str = "") -> subprocess.Popen:
        started = subprocess.Popen(
            command, env=self._variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )
        started.stdin.write(text)
        started.stdin.close()
        return started

    def _run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, env=self._variables, capture_output=True, text=True, timeout=30, check=False)

    def _locked(self) -> str:
        return self._run(
            "dbus-send", f"--bus={self.environment['DBUS_SESSION_BUS_ADDRESS']}", "--print-reply",
            "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login",
            "org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection", "string:Locked",
        ).stdout

    @property
    def _variables(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self._machine.home), "LANG": "C.UTF-8",
                "XDG_DATA_HOME": self._machine.environment["XDG_DATA_HOME"]} | self.environment
