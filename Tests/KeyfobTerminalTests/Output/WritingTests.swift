import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Writing")
struct WritingTests {
    @Test func `a text goes out whole, to the stream that was meant`() throws {
        let (output, error) = (try Pipe(), try Pipe())
        let terminal = Terminal(
            input: -1, output: output.writingEnd, error: error.writingEnd, environment: [:]
        )
        #expect(terminal.write("schön 🔑\n"))
        #expect(terminal.writeError("hint: …\n"))
        #expect(output.readOnce() == "schön 🔑\n")
        #expect(error.readOnce() == "hint: …\n")
    }

    @Test(arguments: [true, false])
    func `a text larger than the pipe waits for the reader and goes out whole`(_ isNonBlocking: Bool) async throws {
        let pipe = try Pipe()
        if isNonBlocking { _ = fcntl(pipe.writingEnd, F_SETFL, O_NONBLOCK) }
        let text = String(repeating: "0123456789abcdef", count: 40_000)
        let written = Companion { pipe.asOutput.write(text) }
        var read = ""
        while read.utf8.count < text.utf8.count {
            read += pipe.readOnce()
            await Task.yield()
        }
        #expect(try await written.value)
        #expect(read == text)
    }

    // Reset first: otherwise another test's terminal might have made the process ignore the signal.
    @Test func `a reader that is gone is no crash`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            let terminal = Terminal(input: -1, output: ends[1], error: ends[1], environment: [:])
            #expect(terminal.write("a token\n") == false)
            #expect(terminal.writeError("again\n") == false)
        }
    }

    #if os(Linux)
        @Test func `a full disk is told`() {
            let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
            defer { close(full) }
            let terminal = Terminal(input: -1, output: full, error: full, environment: [:])
            #expect(terminal.write("a token\n") == false)
            #expect(terminal.write(""))
        }
    #endif
}
