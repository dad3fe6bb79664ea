"""`make test` runs every stage, sums them up in its last line, and fails when anything did."""

import os
import shutil
import subprocess
import sys

import pytest
from small_package import PROJECT

SWIFT = """\
#!/bin/sh
echo "swift $*"
[ "$1" = build ] && exit {build}
while [ $# -gt 0 ]; do [ "$1" = --xunit-output ] && report=$2; shift; done
{report}
exit {tests}
"""
REPORT = """\
cat >"$report" <<'END'
<testsuites><testsuite><testcase name="a"/><testcase name="b">{inside}</testcase><testcase name="c"/></testsuite></testsuites>
END
"""
GOOD = {"build": 0, "tests": 0, "report": REPORT.format(inside="")}


class Project:
    """A project whose compiler and checks are scripts that say what they are told to."""

    def __init__(self, root) -> None:
        self.root = root
        self.write("Scripts/test", (PROJECT / "Scripts/test").read_text())
        self.write("Scripts/check", "print('check: 4 rules passed, 0 failed')\n")
        self.write("Scripts/vendor-pages", "print('vendor-pages: 2 passed, 0 failed')\n")
        self.write("Tests/checks/test_one.py", "def test_one(): pass\n")
        self.write("Tests/blackbox/test_two.py", "def test_two(): pass\ndef test_three(): pass\n")
        self.compiler(**GOOD)

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        place.chmod(0o755)

    def compiler(self, **behaviour) -> None:
        self.write("bin/swift", SWIFT.format(**behaviour))

    def run(self):
        environment = os.environ | {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "SWIFT_FLAGS": "--one flag"}
        return subprocess.run(
            [sys.executable, self.root / "Scripts/test"], env=environment, capture_output=True, text=True, check=False,
        )


@pytest.fixture
def project(tmp_path):
    assert shutil.which("sh")
    return Project(tmp_path)


def test_a_good_run_sums_up_every_stage(project):
    result = project.run()
    assert result.returncode == 0, result.stdout
    assert result.stdout.splitlines()[-1] == "13 passed, 0 failed"
    assert "swift build --build-tests --one flag" in result.stdout
    assert "swift test --skip-build" in result.stdout


FAILURES = [
    (lambda p: p.write("Scripts/check", "print('check: 3 rules passed, 1 failed'); raise SystemExit(1)\n"), 12, 1),
    (lambda p: p.write("Scripts/check", "raise SystemExit(3)\n"), 9, 1),
    (lambda p: p.write("Tests/checks/test_one.py", "def test_one(): assert False\n"), 12, 1),
    (lambda p: p.write("Tests/blackbox/test_two.py", "def test_two(): pass\nraise ValueError\n"), 11, 1),
    (lambda p: p.write("Tests/blackbox/test_two.py", ""), 11, 1),
    (lambda p: p.compiler(**GOOD | {"build": 1}), 5, 4),
    (lambda p: p.compiler(**GOOD | {"tests": 1, "report": REPORT.format(inside="<failure/>")}), 12, 1),
    (lambda p: p.compiler(**GOOD | {"tests": 139, "report": ""}), 10, 1),
    (lambda p: p.compiler(**GOOD | {"report": ""}), 10, 1),
    (lambda p: p.write("Scripts/vendor-pages", "print('vendor-pages: 1 passed, 1 failed'); raise SystemExit(1)\n"), 12, 1),
    (lambda p: p.write("Scripts/vendor-pages", "raise SystemExit(3)\n"), 11, 1),
]


@pytest.mark.parametrize(("spoil", "passed", "failed"), FAILURES)
def test_a_failure_is_counted_and_the_other_stages_still_run(project, spoil, passed, failed):
    spoil(project)
    result = project.run()
    assert result.returncode == 1
    assert result.stdout.splitlines()[-1] == f"{passed} passed, {failed} failed", result.stdout


def test_a_skipped_test_is_said_and_not_counted(project):
    project.compiler(**GOOD | {"report": REPORT.format(inside="<skipped/>")})
    result = project.run()
    assert result.stdout.splitlines()[-1] == "12 passed, 0 failed"
    assert "1 skipped" in result.stdout
