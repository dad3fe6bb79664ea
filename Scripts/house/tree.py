"""The files that are checked, and what a check finds in them."""

import os
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import swift_source

_SKIPPED_FOLDERS = {".git", ".venv", ".demo", "Artifacts", "__pycache__", ".pytest_cache", ".swiftpm"}
_SKIPPED_FILES = {"Package.resolved", "LICENSE"}


@dataclass(frozen=True, order=True)
class Finding:
    """One violation: where it is, why it is one, and what to write instead."""

    path: str
    line: int
    reason: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}\n    instead: {self.instead}"


@dataclass
class SourceFile:
    """A text file of the tree; `path` is relative to the root, with slashes."""

    path: str
    text: str

    @cached_property
    def code(self) -> str:
        """Swift code without comments, literals and raw identifiers; other files as they are."""
        return swift_source.code(self.text) if self.is_swift else self.text

    @property
    def is_swift(self) -> bool:
        return self.path.endswith(".swift")

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.split("/"))

    @property
    def target(self) -> str | None:
        """The target that the file belongs to: the folder below Sources or Tests."""
        return self.parts[1] if len(self.parts) > 2 and self.parts[0] in ("Sources", "Tests") else None

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line_at(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def find(self, offset: int, reason: str, instead: str) -> Finding:
        return Finding(self.path, self.line_at(offset), reason, instead)


@dataclass
class Tree:
    """The project below a root folder."""

    root: Path
    files: list[SourceFile] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Tree":
        files = []
        for path in sorted(_paths(root)):
            try:
                text = (root / path).read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue  # pictures and dangling links have no words in them
            files.append(SourceFile(path, text))
        return cls(root, files)

    def swift(self, *folders: str) -> list[SourceFile]:
        return [file for file in self.files if file.is_swift and file.parts[0] in folders]

    def file(self, path: str) -> SourceFile | None:
        return next((file for file in self.files if file.path == path), None)


def _paths(root: Path) -> list[str]:
    if (root / ".git").exists():
        listing = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, text=True, check=False,
        )
        if listing.returncode == 0:
            paths = [path for path in listing.stdout.split("\0") if path]
            return [path for path in paths if path.split("/")[-1] not in _SKIPPED_FILES]
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith(".build")]
        relative = os.path.relpath(folder, root)
        prefix = "" if relative == "." else relative.replace(os.sep, "/") + "/"
        found += [prefix + name for name in names if name not in _SKIPPED_FILES]
    return found
