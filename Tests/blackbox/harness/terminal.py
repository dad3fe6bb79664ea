"""A terminal with a program in it: what is typed, and what the screen shows."""

import html
import time

import pexpect
import pyte

from .cli import Ended, shell_code
from .surroundings import PATIENCE, wait_until

_KEYS = {"enter": "\r", "ctrl+c": "\x03", "ctrl+d": "\x04", "ctrl+z": "\x1a", "escape": "\x1b", "tab": "\t"}
_COLOURS = {
    "black": "#1d1f21", "red": "#cc6666", "green": "#8fbf6b", "brown": "#e0b25c", "yellow": "#e0b25c",
    "blue": "#6f9fd8", "magenta": "#b294bb", "cyan": "#6fc3bd", "white": "#e6e6e6",
}
_BACKGROUND, _FOREGROUND = "#1d1f21", "#d8dadb"


class Terminal:
    """A program in a pseudo-terminal of so many columns and rows, behind a screen that understands it."""

    def __init__(self, command: list[str], environment: dict[str, str], columns: int = 100, rows: int = 30) -> None:
        self._screen = pyte.HistoryScreen(columns, rows, history=2000)
        self._stream = pyte.ByteStream(self._screen)
        self.transcript = b""
        self.left_echo: bool | None = None
        self._child = pexpect.spawn(
            command[0], command[1:], env=environment, cwd=environment["HOME"], dimensions=(rows, columns),
            timeout=PATIENCE, echo=True,
        )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0.01

    @property
    def screen(self) -> str:
        """The text on the screen now, without the blank ends of lines."""
        self._pump()
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._child.pid

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is visible."""
        self._pump()
        return not self._screen.cursor.hidden

    @property
    def echoes(self) -> bool:
        """Whether what is typed appears; false during a hidden prompt."""
        return self._child.getecho()

    def wait_for(self, wanted, seconds: float = PATIENCE) -> object:
        """Waits until the screen holds a text, or until `wanted(screen)` is true, and returns that value."""
        found = wanted if callable(wanted) else lambda screen: wanted in screen
        deadline = time.monotonic() + seconds
        while True:
            alive = self._pump(0.05)
            value = found(self.screen)
            if value:
                return value
            if not alive or time.monotonic() > deadline:
                state = "ended" if not alive else f"did not show it in {seconds:.0f} s"
                raise AssertionError(f"the program {state}; waited for {wanted!r}; the screen:\n{self.screen}")

    def type(self, text: str) -> None:
        """Types a text."""
        self._child.send(text)

    def press(self, key: str) -> None:
        """Presses a key: enter, ctrl+c, ctrl+d, ctrl+z, escape, tab."""
        self._child.send(_KEYS[key])

    def end(self, seconds: float = PATIENCE) -> Ended:
        """Waits until the program ends; its output is the final screen. `left_echo` is how it left the terminal."""
        deadline = time.monotonic() + seconds
        while self._pump(0.05):
            if time.monotonic() > deadline:
                screen = self.screen
                self.close()
                raise AssertionError(f"did not end within {seconds:.0f} s; the screen:\n{screen}")
        # A program lets go of its terminal some time before it is gone; closing it earlier would hang it up.
        wait_until(lambda: not self._child.isalive(), "the program to be gone", seconds)
        self.left_echo = self._child.getecho()
        self._child.close()
        code = self._child.exitstatus
        return Ended(shell_code(-self._child.signalstatus) if code is None else code, self.screen, "")

    def close(self) -> None:
        """Ends the program if it still runs."""
        self._child.close(force=True)

    def as_html(self) -> str:
        """The screen as a page, colours and all, for a picture."""
        self._pump()
        last = max((row for row, line in enumerate(self._screen.display) if line.strip()), default=0)
        lines = "\n".join(self._html_line(row) for row in range(last + 1))
        return (
            f"<!doctype html><meta charset=utf-8><style>body{{margin:0;background:{_BACKGROUND}}}"
            f"pre{{display:inline-block;margin:0;padding:20px 24px;min-width:{self._screen.columns}ch;"
            f"background:{_BACKGROUND};color:{_FOREGROUND};font:15px/1.4 'DejaVu Sans Mono',monospace}}</style>"
            f"<pre id=screen>{lines}</pre>"
        )

    def _html_line(self, row: int) -> str:
        cells = self._screen.buffer[row]
        text = ""
        for column in range(self._screen.columns):
            cell = cells[column]
            style = ""
            foreground, background = _colour(cell.fg, _FOREGROUND), _colour(cell.bg, _BACKGROUND)
            if cell.reverse:
                foreground, background = background, foreground
            if foreground != _FOREGROUND:
                style += f"color:{foreground};"
            if background != _BACKGROUND:
                style += f"background:{background};"
            style += "font-weight:bold;" * cell.bold + "text-decoration:underline;" * cell.underscore
            piece = html.escape(cell.data)
            text += f'<span style="{style}">{piece}</span>' if style else piece
        return text.rstrip()

    def _pump(self, wait: float = 0) -> bool:
        """Takes what the program has written; false when it has ended."""
        while True:
            try:
                piece = self._child.read_nonblocking(65536, timeout=wait)
            except pexpect.TIMEOUT:
                return True
            except (pexpect.EOF, ValueError):
                return False
            self.transcript += piece
            self._stream.feed(piece)
            wait = 0


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    plain = name.removeprefix("bright")
    return _COLOURS.get(plain, f"#{name}" if len(name) == 6 else default)
