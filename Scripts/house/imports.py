"""Rules about imports: direction, allowed modules, and no full Foundation on the client's side."""

import re
from collections.abc import Iterator

from . import layout
from .tree import Finding, SourceFile, Tree

_IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let|actor)\s+)?([\w-]+)",
    re.MULTILINE,
)
_CONDITION = re.compile(r"^[ \t]*#(if|elseif|else|endif)\b([^\n]*)", re.MULTILINE)


def imports(file: SourceFile) -> list[tuple[str, int]]:
    """The modules that a file imports, each with its place."""
    return [(match[1].replace("`", ""), match.start(1)) for match in _IMPORT.finditer(file.code)]


def allowed_imports(tree: Tree) -> Iterator[Finding]:
    """A target imports what the table allows, and nothing else."""
    for file in tree.swift("Sources"):
        allowed = layout.IMPORTS.get(file.target or "")
        if allowed is None:
            continue  # `targets_are_in_the_table` speaks of it
        for module, place in imports(file):
            own = module.replace("_", "-") == file.target
            if module in allowed | layout.SYSTEM | layout.FULL_FOUNDATION or own:
                continue
            yield file.find(
                place,
                f"{file.target} must not import {module}: imports point downwards only, and each target is lean",
                "pass the value in from above, or move the code to the target that may import it "
                f"(Scripts/house/layout.py allows: {', '.join(sorted(allowed)) or 'nothing but the system'})",
            )


def targets_are_in_the_table(tree: Tree) -> Iterator[Finding]:
    """Every folder of Sources is a target that the table knows."""
    seen = set()
    for file in tree.swift("Sources"):
        target = file.target or file.path
        if target in seen or target in layout.IMPORTS or target in layout.C_MODULES:
            continue
        seen.add(target)
        yield Finding(
            file.path, 1, f"{target} is no target that the house knows",
            "add it, with what it may import, to Scripts/house/layout.py, Package.swift and ARCHITECTURE.md",
        )


def no_full_foundation(tree: Tree) -> Iterator[Finding]:
    """The client's side stays without full Foundation, which brings ICU and 30 MB."""
    for file in tree.swift("Sources"):
        if file.target in layout.SERVER_SIDE or file.target in layout.C_MODULES:
            continue
        fallbacks = _fallback_ranges(file.code)
        for module, place in imports(file):
            fallback = module == "Foundation" and any(start <= place < end for start, end in fallbacks)
            if module in layout.FULL_FOUNDATION and not fallback:
                yield file.find(
                    place,
                    f"{file.target} imports {module}: full Foundation brings ICU into every command-line tool",
                    "#if canImport(FoundationEssentials) import FoundationEssentials #else import Foundation #endif",
                )


def _fallback_ranges(code: str) -> list[tuple[int, int]]:
    """Where the `#else` of `#if canImport(FoundationEssentials)` is."""
    ranges: list[tuple[int, int]] = []
    stack: list[tuple[bool, int | None]] = []
    for match in _CONDITION.finditer(code):
        word = match[1]
        if word == "if":
            stack.append((match[2].strip() == "canImport(FoundationEssentials)", None))
        elif stack and word in ("else", "elseif"):
            essentials, _ = stack.pop()
            stack.append((essentials, match.end() if essentials and word == "else" else None))
        elif stack and word == "endif":
            essentials, start = stack.pop()
            if start is not None:
                ranges.append((start, match.start()))
    return ranges
