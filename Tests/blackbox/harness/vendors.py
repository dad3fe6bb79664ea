"""The vendors' own clients, unmodified from PyPI, each in an environment of its own (Scripts/python-environment)."""

from pathlib import Path

from .surroundings import PROJECT


def vendor_program(environment: str, name: str) -> Path:
    """A program of a vendor's client, such as `("videosdk", "videosdk")`."""
    path = PROJECT / ".vendors" / environment / "bin" / name
    assert path.exists(), f"{path} is not there: `make test` installs it (Scripts/python-environment)"
    return path
