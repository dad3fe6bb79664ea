"""A small clean package, and what the check script says of it after a change."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

MANIFEST = """\
// swift-tools-version: 6.2
import PackageDescription

let argon2Note = ".target(name: \\"NotATarget\\")"
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "keyfob",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ],
    targets: [
        .target(name: "KeyfobProtocol", dependencies: [crypto]),
        .target(name: "KeyfobClient", dependencies: ["KeyfobProtocol"]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(name: "KeyfobServer", dependencies: ["CArgon2", "KeyfobProtocol"]),
        .testTarget(name: "KeyfobServerTests", dependencies: ["KeyfobProtocol", "KeyfobServer"]),
        .testTarget(name: "EndToEndTests", dependencies: ["KeyfobClient", "KeyfobServer"]),
    ]
)

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
"""

CLEAN = {
    "Package.swift": MANIFEST,
    "Makefile": "build:\n\tswift build --explicit-target-dependency-import-check error\n",
    "Sources/CArgon2/shim.h": "#include <argon2.h>\n",
    "Sources/KeyfobProtocol/PKCE.swift": "import Crypto\n\nstruct PKCE {}\n",
    "Sources/KeyfobClient/Polling.swift": (
        "import KeyfobProtocol\n\n#if canImport(FoundationEssentials)\n    import FoundationEssentials\n"
        "#else\n    import Foundation\n#endif\n\n"
        "// Date() and print(1) in a comment are prose.\n"
        'let text = "Date(), getenv(x), try! and print(1) in a string are text"\n'
    ),
    "Sources/KeyfobServer/PasswordHash.swift": "import CArgon2\npublic import Foundation\nimport KeyfobProtocol\n",
    "Tests/KeyfobServerTests/PasswordHashTests.swift": (
        "import Testing\n\n@Test func `Task.sleep( in a sentence is no sleep`() {}\n"
    ),
}


@dataclass
class Verdict:
    """What the check script said of a tree."""

    code: int
    output: str

    @property
    def broken(self) -> set[str]:
        """The names of the rules that the tree breaks."""
        marker = "rule broken: "
        return {line.removeprefix(marker).split()[0] for line in self.output.splitlines() if line.startswith(marker)}

    def places(self) -> set[str]:
        """Every `file:line` that was named."""
        found = set()
        for line in self.output.splitlines():
            path, _, rest = line.partition(":")
            number = rest.partition(":")[0]
            if number.isdigit() and not line.startswith(" "):
                found.add(f"{path}:{number}")
        return found


class Package:
    """A package in a temporary folder that can be changed and checked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path, text in CLEAN.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        """Writes a file, with its folders."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Changes a part of a file that must be there."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def check(self, *arguments: str) -> Verdict:
        """Runs the real script on the package."""
        command = [sys.executable, PROJECT / "Scripts/check", "--root", self.root, *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "Traceback" not in result.stderr, result.stderr
        return Verdict(result.returncode, result.stdout + result.stderr)
