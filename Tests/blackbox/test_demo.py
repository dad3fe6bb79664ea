"""`make run`: the demonstration does what it says, and leaves nothing behind."""

import subprocess
import sys

from harness.surroundings import PROJECT
from harness.terminal import Terminal

from demonstration.pages import PageVisitor
from demonstration.person import Account, answer, invitation
from demonstration.server import PROGRAMS

DEMO = str(PROJECT / "Scripts/demo")


def surroundings(machine, place) -> dict[str, str]:
    """The environment of a demonstration that keeps its temporary folder in `place`."""
    return machine.environment | {"TMPDIR": str(place), "KEYFOB_PROGRAMS": str(PROGRAMS)}


def leftovers(folder) -> list[str]:
    """What still runs from, or lies in, the demonstration's temporary folder."""
    processes = subprocess.run(["pgrep", "--full", "--list-full", str(folder)], capture_output=True, text=True, check=False)
    return [*processes.stdout.splitlines(), *(path.name for path in folder.iterdir())]


def test_the_demonstration_signs_in_and_out_by_itself(machine, tmp_path):
    place = tmp_path / "temporary"
    place.mkdir()
    result = subprocess.run(
        [sys.executable, DEMO], env=surroundings(machine, place), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=240, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("with the old token\n  401") == 2
    assert "Done." in result.stdout
    assert leftovers(place) == []


def on_a_terminal(machine, place) -> Terminal:
    """The demonstration as a person starts it."""
    place.mkdir()
    return Terminal([sys.executable, DEMO], surroundings(machine, place), rows=120)


def test_the_demonstration_waits_for_a_person(machine, tmp_path):
    terminal = on_a_terminal(machine, tmp_path / "temporary")
    terminal.wait_for("password: ")
    password = terminal.screen.partition("password: ")[2].split()[0]
    seen = ""
    for heading in ("1. A product", "2. keyfob"):
        part = terminal.wait_for(lambda screen, heading=heading: invitation(screen.partition(heading)[2]))
        assert part != seen
        seen = part
        answer(PageVisitor(), *part, Account("demo", password))
    ended = terminal.end(120)
    assert ended.code == 0, ended.output
    assert "Done." in ended.output
    assert leftovers(tmp_path / "temporary") == []


def test_the_demonstration_can_be_interrupted(machine, tmp_path):
    terminal = on_a_terminal(machine, tmp_path / "temporary")
    terminal.wait_for(lambda screen: invitation(screen.partition("1. A product")[2]))
    terminal.press("ctrl+c")
    ended = terminal.end()
    assert ended.code in (1, 130), ended.output
    assert leftovers(tmp_path / "temporary") == []
