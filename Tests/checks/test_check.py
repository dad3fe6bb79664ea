"""The check script fails on each kind of violation, names its place, and leaves clean code alone."""

import pytest

CLIENT = "Sources/KeyfobClient/Other.swift"
SERVER = "Sources/KeyfobServer/Other.swift"
TEST = "Tests/KeyfobServerTests/OtherTests.swift"

# rule, file, text, the line that is wrong
VIOLATIONS = [
    # imports
    ("allowed_imports", CLIENT, "import KeyfobServer\n", 1),
    ("allowed_imports", CLIENT, "\n@testable import Crypto\n", 2),
    ("allowed_imports", CLIENT, "public import struct KeyfobServer.Account\n", 1),
    ("allowed_imports", CLIENT, "import CArgon2\n", 1),
    ("allowed_imports", "Sources/KeyfobProtocol/Other.swift", "@_spi(X) package import KeyfobClient\n", 1),
    ("allowed_imports", SERVER, "import Hummingbird\n", 1),
    ("targets_are_in_the_table", "Sources/KeyfobExtras/Thing.swift", "struct Thing {}\n", 1),
    ("no_full_foundation", CLIENT, "import Foundation\n", 1),
    ("no_full_foundation", CLIENT, "#if os(Linux)\nimport Foundation\n#endif\n", 2),
    ("no_full_foundation", CLIENT, "#if canImport(FoundationEssentials)\nimport Foundation\n#endif\n", 2),
    ("no_full_foundation", "Sources/KeyfobProtocol/Other.swift", "public import Foundation\n", 1),
    ("no_full_foundation", CLIENT, "import FoundationNetworking\n", 1),
    # ambient time
    ("ambient_time", CLIENT, "let now = Date()\n", 1),
    ("ambient_time", SERVER, "let a = 1\nlet now = Date.now\n", 2),
    ("ambient_time", CLIENT, "let now: Date = Date( )\n", 1),
    ("ambient_time", CLIENT, "let now = ContinuousClock.now\n", 1),
    ("ambient_time", CLIENT, "let now = ContinuousClock().now\n", 1),
    ("ambient_time", CLIENT, "let now = SuspendingClock().now\n", 1),
    ("ambient_time", CLIENT, "let soon = Date(timeIntervalSinceNow: 5)\n", 1),
    ("ambient_time", CLIENT, 'let text = "\\(Date())"\n', 1),
    ("ambient_time", CLIENT, 'let text = #"\\#(Date())"#\n', 1),
    ("ambient_time", CLIENT, "try await Task.sleep(for: .seconds(1))\n", 1),
    ("ambient_time", CLIENT, "clock_gettime(CLOCK_REALTIME, &spec)\n", 1),
    # ambient randomness
    ("ambient_randomness", CLIENT, "let id = UUID()\n", 1),
    ("ambient_randomness", SERVER, "let n = Int.random(in: 0..<5)\n", 1),
    ("ambient_randomness", SERVER, "let n = [1].randomElement()\n", 1),
    ("ambient_randomness", CLIENT, "var generator = SystemRandomNumberGenerator()\n", 1),
    # ambient process
    ("ambient_process", CLIENT, "let home = ProcessInfo.processInfo.environment\n", 1),
    ("ambient_process", CLIENT, 'let home = getenv("HOME")\n', 1),
    ("ambient_process", CLIENT, "let words = CommandLine.arguments\n", 1),
    # printing
    ("printing", CLIENT, "print(1)\n", 1),
    ("printing", SERVER, "Swift.print(1)\n", 1),
    ("printing", SERVER, "debugPrint(1)\n", 1),
    ("printing", CLIENT, 'fputs("x", stderr)\n', 1),
    ("printing", CLIENT, "write(STDERR_FILENO, bytes, 1)\n", 1),
    # crashes
    ("crashes", CLIENT, "let x = try! load()\n", 1),
    ("crashes", SERVER, 'fatalError("no")\n', 1),
    ("crashes", SERVER, '\npreconditionFailure("no")\n', 2),
    # concurrency
    ("unstructured_concurrency", CLIENT, "Task.detached { await run() }\n", 1),
    ("unstructured_concurrency", TEST, "let gate = DispatchSemaphore(value: 0)\n", 1),
    ("unchecked_sendable", CLIENT, "final class Box: @unchecked Sendable {}\n", 1),
    ("unchecked_sendable", CLIENT, "// It blocks nobody.\nfinal class Box: @unchecked Sendable {}\n", 2),
    ("unchecked_sendable", CLIENT, "nonisolated(unsafe) var count = 0\n", 1),
    # tests
    ("sleeping_tests", TEST, "try await Task.sleep(for: .seconds(1))\n", 1),
    ("sleeping_tests", TEST, "try await Task.sleep(for: .seconds(1)) // allowed:\n", 1),
    ("sleeping_tests", TEST, "usleep(10)\n", 1),
    ("sleeping_tests", "Tests/blackbox/test_login.py", "import time\n\ntime.sleep(1)\n", 3),
    ("sleeping_tests", "Tests/blackbox/test_login.py", "from time import sleep\nsleep(1)\n", 2),
    # names, sizes
    ("vague_names", "Sources/KeyfobClient/TokenManager.swift", "", 1),
    ("vague_names", "Sources/KeyfobClient/String+Utils.swift", "", 1),
    ("vague_names", "Sources/KeyfobClient/Helpers/Polling.swift", "", 1),
    ("vague_names", "Sources/KeyfobServer/Common.swift", "", 1),
    ("vague_names", "Tests/blackbox/utils.py", "", 1),
    ("vague_names", "Tests/KeyfobServerTests/AccountInfo.swift", "", 1),
    ("long_files", CLIENT, "//\n" * 501, 501),
    ("long_files", "Tests/blackbox/test_login.py", "#\n" * 501, 501),
    ("long_functions", CLIENT, "let a = 1\nfunc long() {\n" + "    step()\n" * 60 + "}\n", 2),
    ("long_functions", CLIENT, "struct A {\n    init(a: Int) {\n" + "        step()\n" * 60 + "    }\n}\n", 2),
    (
        "long_functions", CLIENT,
        "func long<T: Sequence>(_ a: T) async throws -> [String: Int]\nwhere T: Sendable {\n" + "step()\n" * 60 + "}\n", 1,
    ),
    # products
    ("product_names", CLIENT, 'let name = "skytells"\n', 1),
    ("product_names", SERVER, "// As Podstack does.\n", 1),
    ("product_names", "Sources/skytells/Facts.swift", "let other = pipecat\n", 1),
    ("product_names", "Sources/KeyfobDialects/Skytells/Wire.swift", "// not VideoSDK\n", 1),
    # words
    ("foreign_words", "README.md", "See /wor" + "k/main.\n", 1),
    ("foreign_words", "Scripts/start", "\ncd /tmp/tea" + "m/x\n", 2),
    ("foreign_words", "Tests/requirements.txt", "--index-ur" + "l https://example.org/simple\n", 1),
    ("foreign_words", "Docs/install.md", "PIP_FIND_LINK" + "S=x\n", 1),
    ("foreign_words", ".ci/run", "curl https://pypi.mirro" + "r.example/x\n", 1),
]


@pytest.mark.parametrize(("rule", "path", "text", "line"), VIOLATIONS)
def test_a_violation_fails_with_its_rule_and_place(package, rule, path, text, line):
    package.write(path, text)
    verdict = package.check("--no-format")
    assert verdict.code == 1
    assert verdict.broken == {rule}, verdict.output
    assert f"{path}:{line}" in verdict.places(), verdict.output
    assert "instead: " in verdict.output


ALLOWED = [
    (SERVER, "import Foundation\nimport Synchronization\nimport Dispatch\n"),
    ("Sources/KeyfobClient/Folder/Deeper/Other.swift", "import KeyfobProtocol\nimport Glibc\n"),
    ("Sources/keyfob/main.swift", "import KeyfobCommands\nprint(Date(), UUID(), CommandLine.arguments)\n"),
    ("Sources/KeyfobTerminal/Streams.swift", "write(STDOUT_FILENO, bytes, 1)\n"),
    (CLIENT, "let then = Date(timeIntervalSince1970: 0)\nlet id = UUID(uuidString: text)\n"),
    (CLIENT, "let n = Int.random(\n    in: f(0)..<5,\n    using: &generator\n)\nlet now: @Sendable () -> Date\n"),
    (CLIENT, "try await clock.sleep(for: .seconds(1))\ntry await Task.sleep(for: .seconds(1), clock: clock)\n"),
    (CLIENT, "terminal.print(1)\nlet fingerprint = blueprint(1)\n"),
    (CLIENT, '/* Date() /* nested */ print(1) */\nlet a = """\n    print(1) "quoted" Date()\n    """\n'),
    (CLIENT, 'let a = #"a " Date() \\( print(1) "#\nlet b = "\\\\"\nlet c = "x"\n'),
    (CLIENT, 'let r = /"Date()/\nlet s = #/"print(1)/#\nlet half = a / b\n'),
    (CLIENT, "// Guarded by `lock`.\nfinal class Box: @unchecked Sendable {}\n"),
    (CLIENT, "final class Box: @unchecked Sendable {}  // state is touched on `writerQueue` only\n"),
    (SERVER, "// The template is part of the binary and was compiled by its test.\npreconditionFailure()\n"),
    (CLIENT, "//\n" * 500),
    (CLIENT, "func short() {\n" + "    step()\n" * 58 + "}\n"),
    (CLIENT, "protocol P {\n    func a()\n    func b(_ x: Int) -> Int\n}\nstruct S {\n" + "let a = 1\n" * 70 + "}\n"),
    ("Sources/KeyfobServer/Accounts/UserInfo.swift", "struct UserInfo {}\n"),
    ("Sources/KeyfobServer/DatabaseFile.swift", ""),
    ("Sources/KeyfobClient/Metadata.swift", ""),
    ("Sources/skytells/Facts.swift", 'let name = "skytells"\n'),
    ("Sources/KeyfobDialects/Skytells/Wire.swift", '/// Skytells on the wire.\nlet path = "/api/oauth/device"\n'),
    ("Sources/KeyfobDialects/Dialects.swift", "let all = [skytells, podstack]\n"),
    (TEST, "try await Task.sleep(for: .zero) // allowed: gives the other task its turn\n"),
    (TEST, "func sleep(until deadline: Instant) async throws {}\ntry await clock.sleep(for: .seconds(1))\n"),
    ("Tests/blackbox/waiting.py", "import time\ntime.sleep(0.05)  # allowed: polls the condition\n"),
    ("Tests/blackbox/test_login.py", '"""time.sleep( in prose."""\n# time.sleep(1)\ntext = "sleep(1)"\n'),
    ("README.md", "https://example.org/work/item and ~/work and framework/x\n"),
    ("Artifacts/output.py", "#\n" * 600),
]


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_clean_code_passes(package, path, text):
    package.write(path, text)
    verdict = package.check("--no-format")
    assert (verdict.code, verdict.broken) == (0, set()), verdict.output


def test_the_clean_package_passes_every_rule(package):
    verdict = package.check("--no-format")
    assert verdict.code == 0, verdict.output
    assert verdict.output == "check: 19 rules passed, 0 failed\n"


def test_several_violations_are_all_reported(package):
    package.write(CLIENT, "let now = Date()\nlet then = Date.now\nprint(now)\n")
    verdict = package.check("--no-format")
    assert verdict.broken == {"ambient_time", "printing"}
    assert verdict.places() == {f"{CLIENT}:1", f"{CLIENT}:2", f"{CLIENT}:3"}
    assert verdict.output.endswith("check: 17 rules passed, 2 failed\n")


def test_an_unknown_rule_is_a_usage_error(package):
    verdict = package.check("--only", "no_such_rule")
    assert verdict.code == 2
    assert "ambient_time" in verdict.output
