import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Opening a page")
struct BrowserLauncherTests {
    private let temporary: TemporaryFolder
    private var folder: String { temporary.path }

    init() throws {
        temporary = try TemporaryFolder()
    }

    private static let hostile = "https://a.example/device?code=A;touch%20x&b=$(id)`id`'\"|<>\\*#!"

    /// Opens a page with a shell script for a browser, and returns what the script wrote.
    private func launch(_ url: String, script: String, extra: [String] = []) async throws -> (Bool, String) {
        let (program, seen) = ("\(folder)/browser", "\(folder)/seen")
        try put("#!/bin/sh\n\(script)\n", at: program)
        let launcher = BrowserLauncher(
            .open(command: [program] + extra),
            environment: ["SEEN": seen, "PATH": "/usr/bin:/bin"],
            grace: .seconds(20)
        )
        return (await launcher.open(url), contents(of: seen))
    }

    @Test func `the address is one argument and no shell sees it`() async throws {
        let (isOpen, seen) = try await launch(Self.hostile, script: #"printf '%s\n' "$#" "$@" > "$SEEN""#)
        #expect(isOpen)
        #expect(seen == "1\n\(Self.hostile)\n")
        #expect(contents(of: "\(folder)/x") == "")
    }

    @Test func `the address takes the place that the command has for it`() async throws {
        let (_, seen) = try await launch(
            "http://a.example/", script: #"printf '%s\n' "$@" > "$SEEN""#, extra: ["--app=%s", "--x"])
        #expect(seen == "--app=http://a.example/\n--x\n")
    }

    @Test func `a command that fails at once is told`() async throws {
        #expect(try await launch("http://a.example/", script: "exit 3").0 == false)
    }

    @Test func `a program that is not there is told`() async {
        let launcher = BrowserLauncher(.open(command: ["\(folder)/none"]), environment: [:])
        #expect(await launcher.open("http://a.example/") == false)
    }

    @Test func `without a browser nothing is launched`() async {
        let launcher = BrowserLauncher(.none(reason: "there is no display"), environment: [:])
        #expect(await launcher.open("http://a.example/") == false)
    }

    @Test func `a browser that keeps running is not waited for`() async throws {
        let program = "\(folder)/browser"
        try put("#!/bin/sh\necho $$ > \(folder)/seen\nexec sleep 60\n", at: program)
        let clock = ManualClock()
        let launcher = BrowserLauncher(.open(command: [program]), environment: ["PATH": "/usr/bin:/bin"])
        async let isOpen = launcher.open("https://a.example/", clock: clock)
        try await until { contents(of: "\(folder)/seen").hasSuffix("\n") }
        try await clock.advance(by: .milliseconds(500))
        #expect(await isOpen)
        let process = try #require(Int32(contents(of: "\(folder)/seen").filter(\.isNumber)))
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    @Test(arguments: [
        "file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/", "--help", "", "http:a", "https//a",
        "http://a.example/\nx", "http://a.example/ x", "http://a.example/\u{0}", "http://schön.example/",
    ])
    func `what is no web address is refused`(_ url: String) async throws {
        let (isOpen, seen) = try await launch(url, script: #"echo called > "$SEEN""#)
        #expect(!isOpen)
        #expect(seen == "")
    }

    #if os(Linux)
        @Test func `the browser has a session of its own, no streams of ours, and its signals`() async throws {
            signal(SIGPIPE, SIG_IGN)
            let script = """
                { cut -d' ' -f6 /proc/$$/stat; echo $$; readlink /proc/$$/fd/0 /proc/$$/fd/2; } > "$SEEN"
                exec grep -E '^Sig(Blk|Ign):' /proc/self/status >> "$SEEN"
                """
            let (_, seen) = try await launch("http://a.example/", script: script)
            let lines = seen.split(separator: "\n").map(String.init)
            try #require(lines.count == 6)
            #expect(lines[0] == lines[1])
            #expect(lines[2...3] == ["/dev/null", "/dev/null"])
            #expect(signals(in: lines[4], "SigBlk:\t") == 0)
            #expect(signals(in: lines[5], "SigIgn:\t") == 0)
        }

        // Those that have names; the C library keeps two more for itself.
        private func signals(in line: String, _ label: String) -> UInt64? {
            guard line.hasPrefix(label) else { return nil }
            return UInt64(line.dropFirst(label.count), radix: 16).map { $0 & 0x7FFF_FFFF }
        }
    #endif

    private func put(_ text: String, at path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o700)
        guard descriptor >= 0 else { throw TestFailure("open: \(errno)") }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw TestFailure("write: \(errno)") }
        close(descriptor)
    }

    private func contents(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        return String(decoding: bytes[..<max(0, read(descriptor, &bytes, bytes.count))], as: UTF8.self)
    }
}
