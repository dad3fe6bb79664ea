"""Rules about files: their names, their length, and words that do not belong in them."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from . import layout
from .tree import Finding, Tree

_VAGUE = {
    "manager", "helper", "helpers", "util", "utils", "utility", "utilities", "common", "misc", "base", "impl",
    "data", "info",
}
# The standards' own names.
_STANDARD_NAMES = {"UserInfo"}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")

# Spelled with character classes, so that these lines do not find themselves.
_FOREIGN = [
    (
        re.compile(r"(?<![\w.~\-])/(?:wor[k]|far[m])(?:/|\b(?![-.\w]))|/tmp/tea[m]\b|/opt/(?:swift-package[s]|wheel[s])\b"),
        "a path of one machine", "a path relative to the project, or one that is passed in",
    ),
    (
        re.compile(
            r"(?:--|\b)(?:extra-)?index-ur[l]\b|--find-link[s]\b|--trusted-hos[t]\b"
            r"|\bPIP_(?:EXTRA_)?(?:INDEX_UR[L]|FIND_LINK[S])\b"
            r"|\b(?:artifactor[y]|nexu[s]|pypiserve[r]|devp[i])\b|https?://[\w.-]*mirro[r]"
        ),
        "a package registry's mirror", "the package's name alone: the registry is the user's choice",
    ),
    (
        re.compile(r"\bbash_job[s]\b|(?<!\w)\.librar[y]/|\bbefore-sto[p]\b|\bfarm-benc[h]\b"),
        "a word of one workplace", "nothing: a reader of the project does not know it",
    ),
]


def vague_names(tree: Tree) -> Iterator[Finding]:
    """A file or folder says by its name what is in it."""
    for file in tree.files:
        if file.parts[0] not in ("Sources", "Tests", "Scripts") or not file.path.endswith((".swift", ".py")):
            continue
        names = [*file.parts[1:-1], *PurePosixPath(file.path).stem.split("+")]
        for name in names:
            words = _WORDS.findall(name)
            if name not in _STANDARD_NAMES and words and words[-1].lower() in _VAGUE:
                yield Finding(
                    file.path, 1, f"the name `{name}` says nothing: anything would fit into it",
                    "the name of the main type, a noun of the domain",
                )


def long_files(tree: Tree) -> Iterator[Finding]:
    """No file that holds more than one idea."""
    for file in tree.files:
        if file.parts[0] not in ("Sources", "Tests", "Scripts") and not file.is_swift:
            continue
        if not file.path.endswith((".swift", ".py")) and file.parts[0] != "Scripts":
            continue
        count = len(file.text.splitlines())
        if count > layout.MAXIMUM_FILE_LINES:
            yield Finding(
                file.path, layout.MAXIMUM_FILE_LINES + 1,
                f"{count} lines, more than {layout.MAXIMUM_FILE_LINES}", "split it by idea, not by length",
            )


def product_names(tree: Tree) -> Iterator[Finding]:
    """A product is named in its executable and in its dialect, nowhere else."""
    for file in tree.files:
        if file.parts[0] != "Sources" or file.path == layout.DIALECT_LIST:
            continue
        for product, words in layout.PRODUCTS.items():
            if file.target == product or file.path.lower().startswith(f"{layout.DIALECTS}/{product}/".lower()):
                continue
            for match in re.finditer("|".join(words), file.text, re.IGNORECASE):
                yield file.find(
                    match.start(), f"`{match[0]}` is named outside its executable and its dialect",
                    f"a fact that Sources/{product} or {layout.DIALECTS}/{product.capitalize()} passes in",
                )


def foreign_words(tree: Tree) -> Iterator[Finding]:
    """The project speaks of no machine and no workplace."""
    for file in tree.files:
        for pattern, reason, instead in _FOREIGN:
            for match in pattern.finditer(file.text):
                yield file.find(match.start(), f"`{match[0]}` is {reason}", instead)
