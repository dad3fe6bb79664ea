import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Reading a line")
struct LineTests {
    private let pipe: Pipe

    init() throws {
        pipe = try Pipe()
    }

    @Test func `lines come one by one, without their ends`() async throws {
        pipe.put("first\nsecond\r\n\nschön 🔑\nlast", isEnd: true)
        var lines: [String] = []
        while let line = try await pipe.asInput.line() { lines.append(line) }
        #expect(lines == ["first", "second", "", "schön 🔑", "last"])
    }

    @Test func `the end of the input is nil`() async throws {
        pipe.put("", isEnd: true)
        #expect(try await pipe.asInput.line() == nil)
        #expect(try await pipe.asInput.hiddenLine(prompt: "Token: ") == nil)
    }

    @Test func `what follows the line is left to the next reader`() async throws {
        pipe.put("token\nfor another program\n", isEnd: true)
        #expect(try await pipe.asInput.line() == "token")
        #expect(pipe.readOnce() == "for another program\n")
    }

    @Test func `a line of 64 KiB is read and a longer one refused`() async throws {
        let line = String(repeating: "x", count: 65_536)
        async let first = pipe.asInput.line()
        await pipe.putAll(line + "\n")
        #expect(try await first == line)
        let terminal = pipe.asInput
        let second = Task { try await terminal.line() }
        await pipe.putAll(line + "x")
        let error = await #expect(throws: TerminalError.self) { try await second.value }
        #expect(error?.code == .lineTooLong)
    }

    @Test func `cancelling ends the wait`() async throws {
        let terminal = pipe.asInput
        let reading = Task { try await terminal.line() }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }

    @Test func `input that can't be read is told`() async throws {
        let folder = open("/", O_RDONLY | O_CLOEXEC)
        defer { close(folder) }
        let terminal = Terminal(input: folder, output: -1, error: -1, environment: [:])
        let error = await #expect(throws: TerminalError.self) { try await terminal.line() }
        #expect(error?.code == .unreadable)
    }

    @Test func `standard streams that are closed are errors, and no other file gets their numbers`() async throws {
        await #expect(processExitsWith: .success) {
            for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { close(descriptor) }
            let terminal = Terminal.standard(environment: [:])
            let error = await #expect(throws: TerminalError.self) { try await terminal.line() }
            #expect(error?.code == .unreadable)
            #expect(terminal.write("x") == false)
            #expect(terminal.writeError("x") == false)
            let next = open("/dev/null", O_RDONLY | O_CLOEXEC)
            #expect(next > STDERR_FILENO)
        }
    }
}
