"""The tables of Docs/products cover the vendors' pages with tests that exist, ran, and passed."""

import subprocess
import sys

import pytest
from small_package import PROJECT

PAGE = "Title\n\nRun this:\n  tool login\nIt says:\n\n  Done\n"
TABLE = """\
# tool

## The page, line by line

| line | demands | shown by |
|---|---|---|
| 1 | the title | nothing: a heading without a demand |
| 3–4 | `tool login` exists | `test_tool.py::test_login`, `SignInTests/it signs in` |
| 5, 7 | the last line | `test_tool.py::test_done` |

## More
| not | of | this |
"""
REPORT = """\
<testsuites><testsuite>
<testcase classname="Tests.blackbox.test_tool" name="test_login[one]"/>
<testcase classname="Tests.blackbox.test_tool" name="test_done">{inside}</testcase>
<testcase classname="ToolTests.SignInTests" name="`it signs in`()"/>
</testsuite></testsuites>
"""


@pytest.fixture
def house(tmp_path):
    """A project with one page, one table and one report, all in order."""
    return House(tmp_path)


class House:
    def __init__(self, root) -> None:
        self.root = root
        self.write("Scripts/vendor-pages", (PROJECT / "Scripts/vendor-pages").read_text())
        self.write("Scripts/house/__init__.py", "")
        self.write("Scripts/house/pages.py", (PROJECT / "Scripts/house/pages.py").read_text())
        self.write("texts/tool.txt", PAGE)
        self.write("Docs/products/tool.md", TABLE)
        self.write("report.xml", REPORT.format(inside=""))
        (root / "Tests").mkdir()
        assert self.run("record", "texts").returncode == 0

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)

    def run(self, *arguments: str):
        return subprocess.run(
            [sys.executable, "Scripts/vendor-pages", *arguments], cwd=self.root, capture_output=True, text=True,
            check=False,
        )

    def problems(self) -> str:
        result = self.run("check", str(self.root / "report.xml"))
        assert result.returncode == 1, result.stdout
        assert result.stdout.endswith("vendor-pages: 0 passed, 1 failed\n")
        return result.stdout


def test_a_page_that_is_covered_passes(house) -> None:
    result = house.run("check", str(house.root / "report.xml"))
    assert (result.returncode, result.stdout) == (
        0, "tool: every line is covered\nvendor-pages: 1 passed, 0 failed\n",
    ), result.stderr


@pytest.mark.parametrize(("old", "new", "said"), [
    ("| 5, 7 |", "| 5 |", "line 7 of the page is in no row"),
    ("| 5, 7 |", "| 5, 6, 7 |", "line 6 is blank"),
    ("| 5, 7 |", "| 4, 5, 7 |", "line 4 is in two rows"),
    ("| 5, 7 |", "| 5, 7, 99 |", "line 99 is blank, or not on the page"),
    ("nothing: a heading without a demand", "nothing", "no reason why none is needed"),
    ("`test_tool.py::test_done`", "a test that I shall write", "no test, and no reason"),
    ("test_tool.py::test_done", "test_tool.py::test_dane", "test_dane: there is no such test"),
    ("it signs in", "it signs out", "SignInTests/it signs out: there is no such test"),
    ("## The page, line by line", "## The page", "is missing"),
    ("| the title |", "|", "not a row of lines, demand and tests"),
])
def test_a_table_that_does_not_cover_the_page_fails(house, old: str, new: str, said: str) -> None:
    house.write("Docs/products/tool.md", TABLE.replace(old, new))
    assert said in house.problems()


@pytest.mark.parametrize("inside", ["<failure/>", "<error/>", "<skipped/>"])
def test_a_test_that_did_not_pass_covers_nothing(house, inside: str) -> None:
    house.write("report.xml", REPORT.format(inside=inside))
    assert "test_tool.py::test_done" in house.problems()


def test_a_table_that_is_missing_fails(house) -> None:
    (house.root / "Docs/products/tool.md").unlink()
    assert "Docs/products/tool.md is missing" in house.problems()


def test_a_project_without_pages_fails(house) -> None:
    (house.root / "Tests/pages/tool.lines").unlink()
    assert house.run("check", str(house.root / "report.xml")).returncode == 1


def test_a_page_that_changed_is_noticed(house) -> None:
    assert house.run("compare", "texts").returncode == 0
    house.write("texts/tool.txt", PAGE.replace("Done", "Fine"))
    result = house.run("compare", "texts")
    assert (result.returncode, "tool" in result.stdout) == (1, True)
