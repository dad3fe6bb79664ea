"""The tables in Docs/products/*.md that lead from each line of a vendor's page to the test that shows it.

A table stands under the heading `## The page, line by line` and has three columns: the lines (`3, 9–11`), what they
demand, and what shows it: tests between backticks, or `nothing: why`.

A black-box test is written `test_file.py::test_name`, a Swift test `SuiteTests/its name in words`.
"""

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

HEADING = "## The page, line by line"
_LINES = re.compile(r"^\d+(?:[–-]\d+)?(?:, \d+(?:[–-]\d+)?)*$")
_NOTHING = re.compile(r"^nothing: \S.{9,}$")


@dataclass(frozen=True)
class Row:
    """A row of a table: the lines of the page, and the tests that show them; none if they demand nothing."""

    lines: tuple[int, ...]
    tests: tuple[str, ...]


def recorded(text: str) -> str:
    """What is kept of a page: the number of each line that is not blank, and the beginning of its hash."""
    kept = [
        f"{number} {hashlib.sha256(line.strip().encode()).hexdigest()[:12]}"
        for number, line in enumerate(text.split("\n"), 1) if line.strip()
    ]
    return "\n".join(kept) + "\n"


def tests_that_passed(reports: list[Path]) -> set[str] | None:
    """The tests in JUnit reports, as tables write them, without those that failed in any way; nil without reports."""
    if not reports:
        return None
    passed, others = set(), set()
    for report in reports:
        if not report.exists():
            continue
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            bad = any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
            (others if bad else passed).add(_identifier(case.get("classname", ""), case.get("name", "")))
    return passed - others


def problems(root: Path, product: str, passed: set[str] | None) -> list[str]:
    """What is wrong with a product's table; `passed` are the tests that ran well, or `None` to look at sources only."""
    document = root / "Docs/products" / f"{product}.md"
    if not document.exists():
        return [f"{document.relative_to(root)} is missing"]
    rows, found = _rows(document.read_text(encoding="utf-8"))
    page = {int(line.split()[0]) for line in (root / f"Tests/pages/{product}.lines").read_text().splitlines()}
    covered = [line for row in rows for line in row.lines]
    found += [f"line {line} of the page is in no row" for line in sorted(page - set(covered))]
    found += [f"line {line} is in two rows" for line in sorted({one for one in covered if covered.count(one) > 1})]
    found += [f"line {line} is blank, or not on the page" for line in sorted(set(covered) - page)]
    for test in sorted({test for row in rows for test in row.tests}):
        if passed is not None and test not in passed:
            found.append(f"{test}: there is no such test, or it did not run, or it failed")
        elif passed is None and not _is_in_sources(root, test):
            found.append(f"{test}: there is no such test")
    return found


def _rows(text: str) -> tuple[list[Row], list[str]]:
    rows, found = [], []
    _, heading, section = text.partition(f"\n{HEADING}\n")
    if not heading:
        return [], [f"the heading “{HEADING}” is missing"]
    section = section.partition("\n## ")[0]
    for line in section.splitlines():
        if not line.startswith("|") or set(line) <= set("|-: ") or line.startswith("| line"):
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) != 3 or not _LINES.match(cells[0]) or not cells[1]:
            found.append(f"not a row of lines, demand and tests: {line}")
            continue
        tests = tuple(re.findall(r"`([^`]+)`", cells[2])) if not cells[2].startswith("nothing") else ()
        if not tests and not _NOTHING.match(cells[2]):
            found.append(f"no test, and no reason why none is needed: {line}")
        rows.append(Row(_numbers(cells[0]), tests))
    return rows, found


def _numbers(cell: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in cell.split(", "):
        first, _, last = part.replace("–", "-").partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(numbers)


def _identifier(classname: str, name: str) -> str:
    if "`" in name:
        return f"{classname.rpartition('.')[2]}/{name.split('`')[1]}"
    return f"{classname.rpartition('.')[2]}.py::{name.partition('[')[0]}"


def _is_in_sources(root: Path, test: str) -> bool:
    if "::" in test:
        file, _, name = test.partition("::")
        return any(f"def {name}(" in path.read_text() for path in (root / "Tests/blackbox").rglob(file))
    suite, _, name = test.partition("/")
    return any(
        f"`{name}`" in text and re.search(rf"\b{re.escape(suite)}\b", text)
        for text in (path.read_text() for path in (root / "Tests").rglob("*.swift"))
    )
