"""The check script holds Package.swift, the build flags and the format to the rules of the house."""

import shutil

import pytest
from small_package import PROJECT

SETTINGS = [
    ".swiftLanguageMode(.v6),",
    '.enableUpcomingFeature("ExistentialAny"),',
    '.enableUpcomingFeature("MemberImportVisibility"),',
    '.enableUpcomingFeature("InternalImportsByDefault"),',
    '.enableUpcomingFeature("NonisolatedNonsendingByDefault"),',
    ".treatAllWarnings(as: .error),",
]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("comment", ["", "// "])
def test_a_setting_that_is_gone_fails(package, setting, comment):
    package.replace("Package.swift", f"    {setting}\n", f"    {comment}{setting}\n" if comment else "")
    verdict = package.check("--no-format")
    assert verdict.broken == {"settings_are_strict"}, verdict.output
    assert setting.rstrip(",") in verdict.output


def test_a_settings_loop_that_is_gone_fails(package):
    package.replace("Package.swift", "for target in package.targets", "for target in [Target]()")
    assert package.check("--no-format").broken == {"settings_are_strict"}


def test_a_target_with_settings_of_its_own_fails(package):
    package.replace(
        "Package.swift", '.target(name: "KeyfobProtocol", dependencies: [crypto])',
        '.target(name: "KeyfobProtocol", dependencies: [crypto], swiftSettings: [.swiftLanguageMode(.v5)])',
    )
    assert package.check("--no-format").broken == {"settings_are_strict"}


def test_unsafe_flags_fail(package):
    package.replace("Package.swift", "    .swiftLanguageMode(.v6),", '    .swiftLanguageMode(.v6), .unsafeFlags(["-w"]),')
    assert package.check("--no-format").broken == {"settings_are_strict"}


def test_a_package_without_manifest_fails(package):
    (package.root / "Package.swift").unlink()
    assert package.check("--no-format").broken == {"settings_are_strict"}


def test_a_build_without_the_import_check_fails(package):
    package.write("Makefile", "build:\n\tswift build\n")
    verdict = package.check("--no-format")
    assert verdict.broken == {"build_flags_are_strict"}
    assert "Makefile:1" in verdict.places()


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('name: "KeyfobClient", dependencies: ["KeyfobProtocol"]',
         'name: "KeyfobClient", dependencies: ["KeyfobProtocol", "KeyfobServer"]', 14, "must not depend on KeyfobServer"),
        ('name: "KeyfobClient", dependencies: ["KeyfobProtocol"]',
         'name: "KeyfobClient", dependencies: ["KeyfobProtocol", .product(name: "GRDB", package: "GRDB.swift")]',
         14, "must not depend on GRDB"),
        ('name: "KeyfobServer", dependencies: ["CArgon2", "KeyfobProtocol"]',
         'name: "KeyfobServer", dependencies: ["CArgon2", "KeyfobProtocol", crypto]', 16, "never imports it"),
        ('name: "KeyfobServerTests", dependencies: ["KeyfobProtocol", "KeyfobServer"]',
         'name: "KeyfobServerTests", dependencies: ["KeyfobClient", "KeyfobServer"]', 17, "joins client and server"),
        ('.target(name: "KeyfobProtocol", dependencies: [crypto])',
         '.target(name: "KeyfobProtocol", dependencies: [crypto]), .target(name: "KeyfobExtras")', 13, "KeyfobExtras"),
    ],
)
def test_dependencies_that_disagree_with_the_table_fail(package, old, new, line, word):
    package.replace("Package.swift", old, new)
    verdict = package.check("--no-format")
    assert verdict.broken == {"dependencies_agree"}, verdict.output
    assert f"Package.swift:{line}" in verdict.places(), verdict.output
    assert word in verdict.output


@pytest.fixture
def formatted(package):
    """The clean package under the project's own format."""
    shutil.copy(PROJECT / ".swift-format", package.root / ".swift-format")
    package.write("Tests/KeyfobServerTests/PasswordHashTests.swift", (
        "import Testing\n\n@Test func `a password is verified, slowly`() throws {\n"
        "    let one: Int? = 1\n    #expect(one! == 1)\n}\n"
    ))
    package.write("Sources/KeyfobServer/PasswordHash.swift", (
        "import CArgon2\npublic import Foundation\nimport KeyfobProtocol\n\n"
        "/// A stored password.\npublic struct PasswordHash {}\n"
    ))
    return package


def test_formatted_code_passes(formatted):
    verdict = formatted.check()
    assert verdict.code == 0, verdict.output
    assert verdict.output == "check: 20 rules passed, 0 failed\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("public struct Bare {}\n", "AllPublicDeclarationsHaveDocumentation"),
        ("/// A thing\n/// that has no end\npublic struct Bare {}\n", "BeginDocumentationCommentWithOneLineSummary"),
        ("/** A thing. */\npublic struct Bare {}\n", "UseTripleSlashForDocumentationComments"),
        ("struct Bare {\n  let a = 1\n}\n", "Indentation"),
        (f"let {'long' * 20} = {'name' * 20}\n", "LineLength"),
        ('let number = Int("1")!\n', "NeverForceUnwrap"),
    ],
)
def test_unformatted_or_undocumented_code_fails(formatted, text, word):
    formatted.write("Sources/KeyfobServer/Other.swift", text)
    verdict = formatted.check()
    assert verdict.code == 1
    assert verdict.broken == {"formatting"}, verdict.output
    assert word in verdict.output
    assert any(place.startswith("Sources/KeyfobServer/Other.swift:") for place in verdict.places()), verdict.output
