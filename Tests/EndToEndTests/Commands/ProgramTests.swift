import Foundation
import KeyfobCommands
import Testing

/// Programs that add commands: they take the tool's place, so that each is seen from a process of its own.
@Suite(.serialized)
final class ProgramTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "keyfob-programs-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func add(_ name: String, _ script: String, mode: Int = 0o755) throws {
        #expect(
            FileManager.default.createFile(
                atPath: "\(folder)/\(name)", contents: Data(script.utf8), attributes: [.posixPermissions: mode]))
    }

    private func seen() throws -> [String] {
        let text = try String(contentsOfFile: "\(folder)/seen", encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static let recorder = """
        #!/bin/sh
        { printf '%s\\n' "$#" "$@"; env; } > "${0%/*}/seen"
        exit 7

        """

    @Test
    func `an unknown word runs the program of that name, with its arguments as they are and its exit code`()
        async throws
    {
        try add("acme-pod", Self.recorder)
        await #expect(processExitsWith: .exitCode(7)) { [folder = folder as String] in
            // The bench can't tidy up any more once the program is in its place.
            setenv("TMPDIR", folder, 1)
            try await Bench.run([:]) { bench in
                _ = try await bench.run(
                    Acme.self, ["pod", "create", "--name", "two words", "--json", ""],
                    environment: [
                        "PATH": "\(folder):/usr/bin:/bin", "ACME_TOKEN": "acme_12345678", "ACME_PROJECT": "blue",
                        "OTHER": "x",
                    ])
            }
        }
        let lines = try seen()
        #expect(lines.prefix(6) == ["5", "create", "--name", "two words", "--json", ""])
        for variable in ["ACME_TOKEN=acme_12345678", "ACME_PROJECT=blue", "OTHER=x"] {
            #expect(lines.dropFirst(6).contains(variable))
        }
    }

    @Test
    func `a program below a group is named after the whole path`() async throws {
        try add("acme-auth-sso", Self.recorder)
        await #expect(processExitsWith: .exitCode(7)) { [folder = folder as String] in
            // The bench can't tidy up any more once the program is in its place.
            setenv("TMPDIR", folder, 1)
            try await Bench.run([:]) { bench in
                _ = try await bench.run(
                    Acme.self, ["auth", "sso"], environment: ["PATH": folder, "ACME_TOKEN": "acme_12345678"])
            }
        }
        #expect(try seen().first == "0")
    }

    @Test
    func `a program finds the signals as it expects them`() async throws {
        // SIGPIPE is number 13: bit 12 of what is ignored, and of what is blocked.
        try add(
            "acme-signals",
            """
            #!/bin/sh
            grep -E '^Sig(Blk|Ign)' /proc/self/status > "${0%/*}/seen"

            """)
        await #expect(processExitsWith: .exitCode(0)) { [folder = folder as String] in
            // The bench can't tidy up any more once the program is in its place.
            setenv("TMPDIR", folder, 1)
            try await Bench.run([:]) { bench in
                _ = try await bench.run(
                    Acme.self, ["signals"],
                    environment: ["PATH": "\(folder):/usr/bin:/bin", "ACME_TOKEN": "acme_12345678"])
            }
        }
        for line in try seen() where !line.isEmpty {
            let mask = try #require(UInt64(line.suffix(16), radix: 16))
            #expect(mask & (1 << 12) == 0, "\(line)")
        }
    }

    @Test
    func `a program is taken from absolute folders of PATH only, and must be one that may be run`() async throws {
        try add("acme-pod", "#!/bin/sh\nexit 7\n", mode: 0o644)
        try FileManager.default.createDirectory(atPath: "\(folder)/acme-vm", withIntermediateDirectories: true)
        try add("acme-here", Self.recorder)
        for (word, path) in [("pod", folder), ("vm", folder), ("here", ":."), ("../acme-here", folder)] {
            try await Bench.run([:]) { bench in
                let outcome = try await bench.run(
                    Acme.self, [word], environment: ["PATH": path, "ACME_TOKEN": "acme_12345678"])
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("no command"))
            }
        }
    }

    @Test
    func `a file that the system can't start is told by its path`() async throws {
        try add("acme-pod", "no program\n")
        try await Bench.run([:]) { bench in
            let outcome = try await bench.run(
                Acme.self, ["pod"], environment: ["PATH": folder, "ACME_TOKEN": "acme_12345678"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("\(folder)/acme-pod could not be started: Exec format error"))
            #expect(!outcome.errors.contains("acme_12345678"))
        }
    }
}
