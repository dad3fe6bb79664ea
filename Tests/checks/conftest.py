"""The package that the tests of the check script spoil."""

from pathlib import Path

import pytest
from small_package import Package


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A package that breaks no rule."""
    return Package(tmp_path)
