"""Rules about Package.swift and the build flags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import layout, swift_source
from .imports import imports
from .tree import Finding, SourceFile, Tree

REQUIRED_SETTINGS = {
    ".swiftLanguageMode(.v6)": "strict concurrency is not optional",
    '.enableUpcomingFeature("ExistentialAny")': "an existential is visible where it costs",
    '.enableUpcomingFeature("MemberImportVisibility")': "a member's module is named where it is used",
    '.enableUpcomingFeature("InternalImportsByDefault")': "a dependency does not leak into a public interface",
    '.enableUpcomingFeature("NonisolatedNonsendingByDefault")': "an async function stays on its caller's actor",
    ".treatAllWarnings(as: .error)": "a warning that may stay is never read",
}
REQUIRED_FLAG = "--explicit-target-dependency-import-check error"

_CALL = re.compile(r"\.(target|executableTarget|testTarget|systemLibrary|plugin|macro)\s*\(")
_NAMED_PRODUCT = re.compile(r"\blet\s+(\w+)\s*:\s*Target\.Dependency\s*=\s*\.product\(\s*name:\s*\"([^\"]+)\"")
_INLINE = re.compile(r'\.(?:product|target|byName)\(\s*name:\s*"([^"]+)"[^)]*\)')


@dataclass(frozen=True)
class DeclaredTarget:
    """A target as Package.swift declares it."""

    kind: str
    name: str
    dependencies: tuple[str, ...]
    line: int
    own_settings: bool


def declared_targets(manifest: SourceFile) -> list[DeclaredTarget]:
    """The package's targets; dependencies by module name."""
    text = swift_source.without_comments(manifest.text)
    products = {match[1]: match[2] for match in _NAMED_PRODUCT.finditer(text)}
    targets = []
    start = text.find("targets: [", text.find("dependencies: ["))
    for call in _CALL.finditer(text, max(start, 0)):
        body = _bracketed(text, call.end() - 1)
        name = re.search(r'name:\s*"([^"]+)"', body)
        listing = re.search(r"\bdependencies:\s*\[", body)
        if not name or body.startswith("(name") and "package:" in body and not listing:
            continue
        items = _bracketed(body, listing.end() - 1)[1:-1] if listing else ""
        targets.append(DeclaredTarget(
            call[1], name[1], tuple(_dependencies(items, products)),
            manifest.line_at(call.start()), "swiftSettings:" in body,
        ))
    return targets


def _dependencies(items: str, products: dict[str, str]) -> Iterator[str]:
    yield from _INLINE.findall(items)
    for item in _INLINE.sub("", items).split(","):
        item = item.strip()
        if item:
            yield item.strip('"') if item.startswith('"') else products.get(item, item)


def _bracketed(text: str, start: int) -> str:
    """The text from an opening bracket to the one that closes it."""
    pairs = {"(": ")", "[": "]"}
    depth, quoted = 0, False
    for index in range(start, len(text)):
        if text[index] == '"':
            quoted = not quoted
        elif not quoted and text[index] in pairs:
            depth += 1
        elif not quoted and text[index] in pairs.values():
            depth -= 1
            if depth == 0:
                return text[start:index + 1]
    return text[start:]


def settings_are_strict(tree: Tree) -> Iterator[Finding]:
    """One settings loop gives every target the same strict settings."""
    manifest = tree.file("Package.swift")
    if manifest is None:
        yield Finding("Package.swift", 1, "there is no Package.swift", "run the check at the package's root")
        return
    text = re.sub(r"\s+", " ", swift_source.without_comments(manifest.text))
    for setting, reason in REQUIRED_SETTINGS.items():
        if setting not in text:
            yield Finding(manifest.path, 1, f"the settings lack {setting}: {reason}", f"put back {setting}")
    if not re.search(r"for target in package\.targets .*target\.swiftSettings = .*settings", text):
        yield Finding(
            manifest.path, 1, "the settings loop is gone: targets no longer share their settings",
            "for target in package.targets where target.type != .system { target.swiftSettings = … + settings }",
        )
    for target in declared_targets(manifest):
        if target.own_settings:
            yield Finding(
                manifest.path, target.line, f"{target.name} has settings of its own",
                "the one settings loop at the end of Package.swift",
            )
    if "unsafeFlags" in text:
        yield Finding(
            manifest.path, 1, "unsafeFlags make the package unusable as a dependency", "flags in the Makefile",
        )


def build_flags_are_strict(tree: Tree) -> Iterator[Finding]:
    """Every build checks that a target declares what it imports."""
    makefile = tree.file("Makefile")
    if makefile is None or REQUIRED_FLAG not in makefile.text:
        yield Finding(
            "Makefile", 1, "builds no longer check that a target declares what it imports",
            f"swift build {REQUIRED_FLAG}, from the Makefile's SWIFT_FLAGS",
        )


def dependencies_agree(tree: Tree) -> Iterator[Finding]:
    """Package.swift declares for a target what the table allows and the code imports."""
    manifest = tree.file("Package.swift")
    for target in declared_targets(manifest) if manifest else []:
        if target.kind == "testTarget":
            yield from _test_sides(manifest, target)
        elif target.kind != "systemLibrary" and target.name not in layout.C_MODULES:
            yield from _table_and_use(tree, manifest, target)


def _table_and_use(tree: Tree, manifest: SourceFile, target: DeclaredTarget) -> Iterator[Finding]:
    allowed = layout.IMPORTS.get(target.name)
    if allowed is None:
        yield Finding(
            manifest.path, target.line, f"{target.name} is no target that the house knows",
            "add it to Scripts/house/layout.py and ARCHITECTURE.md",
        )
        return
    used = {module for file in tree.swift("Sources", "Tests") if file.target == target.name for module, _ in imports(file)}
    for dependency in target.dependencies:
        if dependency not in allowed:
            yield Finding(
                manifest.path, target.line, f"{target.name} must not depend on {dependency}",
                f"the table in Scripts/house/layout.py allows: {', '.join(sorted(allowed)) or 'nothing'}",
            )
        elif dependency.replace("-", "_") not in used:
            yield Finding(
                manifest.path, target.line,
                f"{target.name} declares {dependency} and never imports it: everyone waits for it to build",
                "remove it from the target's dependencies",
            )


def _test_sides(manifest: SourceFile, target: DeclaredTarget) -> Iterator[Finding]:
    if target.name in layout.MEETING_PLACES:
        return
    house = [name for name in target.dependencies if name in layout.IMPORTS and name not in layout.BOTH_SIDES]
    server = [name for name in house if name in layout.SERVER_SIDE]
    if server and len(server) < len(house):
        yield Finding(
            manifest.path, target.line, f"{target.name} joins client and server, which check each other from apart",
            f"a test in {', '.join(sorted(layout.MEETING_PLACES))}",
        )
