"""Where things are, how large a run is, and how long patience lasts."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(PROJECT / "Scripts"))

PATIENCE = float(os.environ.get("KEYFOB_TEST_PATIENCE", "30"))


def is_long() -> bool:
    """Whether the run uses the full counts."""
    return os.environ.get("KEYFOB_TEST_SCALE") == "long"


def scaled(short: int, long: int) -> int:
    """The count of a storm: small in every run, full in the long one."""
    return long if is_long() else short


def wait_until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    """Returns the condition's first true value; fails, naming `what`, when patience ends."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.02)  # allowed: the pause between two looks at a condition


def record(what: str, *columns: object) -> None:
    """Adds a row to the table that a long run prints at its end."""
    place = os.environ.get("KEYFOB_TEST_FIGURES")
    if place:
        with open(place, "a", encoding="utf-8") as table:
            table.write("\t".join([what, *map(str, columns)]) + "\n")
