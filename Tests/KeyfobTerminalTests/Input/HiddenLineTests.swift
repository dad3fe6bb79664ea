import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Asking for what must not be seen")
struct HiddenLineTests {
    private let pseudo: PseudoTerminal

    init() throws {
        pseudo = try PseudoTerminal()
    }

    private func answer(to keys: String) async throws -> (line: String?, shown: String) {
        async let line = pseudo.terminal().hiddenLine(prompt: "Token: ")
        let prompt = try await pseudo.shown(until: "Token: ")
        try await pseudo.type(keys)
        let result = try await line
        return (result, prompt + pseudo.shown())
    }

    @Test func `what is typed is read, is not shown, and the terminal is as before`() async throws {
        let before = pseudo.settings
        let (line, shown) = try await answer(to: "s3cret\n")
        #expect(line == "s3cret")
        #expect(shown == "Token: \r\n")
        #expect(pseudo.settings == before)
    }

    @Test func `echo is off while it is asked`() async throws {
        async let line = pseudo.terminal().hiddenLine(prompt: "Token: ")
        _ = try await pseudo.shown(until: "Token: ")
        #expect(!pseudo.echoes)
        try await pseudo.type("x\r")
        #expect(try await line == "x")
        #expect(pseudo.echoes)
    }

    @Test(arguments: [
        ("ab\u{7F}c\n", "ac"), ("aé\u{8}b\n", "ab"), ("\u{7F}\u{7F}a\n", "a"), ("wrong\u{15}right\n", "right"),
        ("one two\u{17}three\n", "one three"), ("a\u{1B}[Db\u{1B}OA\u{1B}xc\n", "abc"), ("\n", ""),
        ("a\u{1}\u{2}b\n", "ab"), ("abc\u{4}", "abc"), ("two words 🔑\n", "two words 🔑"),
    ])
    func `the keys that edit a line do so`(_ keys: String, _ line: String) async throws {
        #expect(try await answer(to: keys).line == line)
    }

    @Test func `Ctrl+D alone is the end of the input`() async throws {
        let (line, shown) = try await answer(to: "\u{4}")
        #expect(line == nil)
        #expect(shown == "Token: \r\n")
        #expect(pseudo.echoes)
    }

    // A terminal cuts lines at 4,095 bytes when it edits them itself.
    @Test func `a pasted token of ten thousand characters is whole`() async throws {
        let token = String(repeating: "0123456789", count: 1_000)
        #expect(try await answer(to: token + "\n").line == token)
    }

    @Test func `cancelling restores the terminal`() async throws {
        let before = pseudo.settings
        let terminal = pseudo.terminal()
        let asking = Task { try await terminal.hiddenLine(prompt: "Token: ") }
        _ = try await pseudo.shown(until: "Token: ")
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
        #expect(pseudo.settings == before)
    }

    @Test func `without a terminal nothing is asked and one line is read`() async throws {
        let (input, output) = (try Pipe(), try Pipe())
        input.put("from a pipe\n", isEnd: true)
        let terminal = Terminal(
            input: input.readingEnd, output: output.writingEnd, error: output.writingEnd, environment: [:]
        )
        #expect(try await terminal.hiddenLine(prompt: "Token: ") == "from a pipe")
        terminal.write(".")
        #expect(output.readOnce() == ".")
    }
}
