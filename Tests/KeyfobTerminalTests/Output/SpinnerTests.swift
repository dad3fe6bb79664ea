import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The spinner")
struct SpinnerTests {
    private let pseudo: PseudoTerminal
    private let clock = ManualClock()
    private let plain = ["TERM": "xterm", "NO_COLOR": "1"]

    init() throws {
        pseudo = try PseudoTerminal(columns: 40)
    }

    @Test func `a frame stays 80 milliseconds, and the line is empty at the end`() async throws {
        let terminal = pseudo.terminal(plain)
        let result = try await terminal.withSpinner("Waiting...", clock: clock) {
            #expect(try await pseudo.shown(until: "Waiting...") == "\u{1B}[?25l\r⠋ Waiting...\u{1B}[K")
            try await clock.advance(by: .milliseconds(79))
            try await clock.advance(by: .milliseconds(1))
            #expect(try await pseudo.shown(until: "Waiting...") == "\u{1B}[?25l\r⠙ Waiting...\u{1B}[K")
            for frame in ["⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏", "⠋"] {
                try await clock.advance(by: .milliseconds(80))
                #expect(try await pseudo.shown(until: "Waiting...").contains("\r\(frame) "))
            }
            return 7
        }
        #expect(result == 7)
        #expect(pseudo.shown() == "\r\u{1B}[2K\u{1B}[?25h")
    }

    @Test func `the sign has the style that was asked for`() async throws {
        try await pseudo.terminal().withSpinner("Waiting", on: .output, style: .green, clock: clock) {
            let shown = try await pseudo.shown(until: "Waiting")
            #expect(shown.contains("\r\u{1B}[32m⠋\u{1B}[0m Waiting"))
        }
    }

    @Test func `what the body throws comes out, and the line is empty`() async throws {
        await #expect(throws: TestFailure.self) {
            try await pseudo.terminal(plain).withSpinner("Waiting", clock: clock) {
                _ = try await pseudo.shown(until: "Waiting")
                throw TestFailure("on purpose")
            }
        }
        #expect(pseudo.shown() == "\r\u{1B}[2K\u{1B}[?25h")
    }

    @Test(arguments: [
        (String(repeating: "x", count: 60), String(repeating: "x", count: 37)),
        (String(repeating: "日", count: 60), String(repeating: "日", count: 18)),
    ])
    func `a message wider than the terminal is cut`(_ message: String, _ line: String) async throws {
        await pseudo.terminal(plain).withSpinner(message, clock: clock) {
            try? await until { pseudo.shown() == "\u{1B}[?25l\r⠋ \(line)\u{1B}[K" }
        }
        #expect(pseudo.shown() == "\r\u{1B}[2K\u{1B}[?25h")
    }

    @Test func `without a terminal the message is one plain line`() async throws {
        let pipe = try Pipe()
        await pipe.asOutput.withSpinner("Waiting...", clock: clock) {}
        #expect(pipe.readOnce() == "Waiting...\n")
    }

    @Test func `on a dumb terminal the message is one plain line`() async throws {
        await pseudo.terminal(["TERM": "dumb"]).withSpinner("Waiting...", clock: clock) {}
        #expect(pseudo.shown() == "Waiting...\r\n")
    }

    @Test(arguments: [Signal.interrupt, .terminate, .hangUp])
    func `a signal that ends the process leaves an empty line and a visible cursor`(_ signal: Signal) async throws {
        await #expect(processExitsWith: .signal(signal.number)) {
            [path = pseudo.path as String, number = signal.number as Int32] in
            useDefaultSignals()
            let slave = open(path, O_RDWR | O_NOCTTY)
            let terminal = Terminal(input: slave, output: slave, error: slave, environment: ["TERM": "xterm"])
            try await terminal.withSpinner("Waiting") {
                kill(getpid(), number)
                try await Task.sleep(for: .seconds(60))  // allowed: cut short by the signal
            }
        }
        #expect(pseudo.shown().hasSuffix("\r\u{1B}[2K\u{1B}[?25h"))
    }
}
