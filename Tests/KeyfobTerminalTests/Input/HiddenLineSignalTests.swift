import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Signals while something hidden is asked")
struct HiddenLineSignalTests {
    private let pseudo: PseudoTerminal

    init() throws {
        pseudo = try PseudoTerminal()
    }

    // The keys go through the terminal's own driver, as when a person presses them.
    @Test(arguments: [("\u{3}", Signal.interrupt), ("\u{1C}", .quit)])
    func `Ctrl+C ends the process as ever, with the terminal restored`(_ key: String, _ signal: Signal) async throws {
        let before = pseudo.settings
        let person = Companion { [pseudo] in
            try pseudo.blockUntilShown("Token: ")
            try check(!pseudo.echoes, "echo is off")
            try pseudo.press("half a sec" + key)
        }
        await #expect(processExitsWith: .signal(signal.number)) { [path = pseudo.path as String] in
            useDefaultSignals()
            let slave = try PseudoTerminal.control(path)
            let terminal = Terminal(input: slave, output: slave, error: slave, environment: [:])
            _ = try await terminal.hiddenLine(prompt: "Token: ")
        }
        try await person.value
        #expect(pseudo.settings == before)
        #expect(!pseudo.shown().contains("half"))
    }

    @Test func `Ctrl+C under an interruption is an error, with the terminal restored`() async throws {
        let before = pseudo.settings
        let person = Companion { [pseudo] in
            try pseudo.blockUntilShown("Token: ")
            try pseudo.press("\u{3}")
        }
        await #expect(processExitsWith: .success) { [path = pseudo.path as String] in
            useDefaultSignals()
            let slave = try PseudoTerminal.control(path)
            let terminal = Terminal(input: slave, output: slave, error: slave, environment: [:])
            let error = await #expect(throws: Interrupted.self) {
                try await withInterruption { try await terminal.hiddenLine(prompt: "Token: ") }
            }
            #expect(error?.signal == .interrupt)
        }
        try await person.value
        #expect(pseudo.settings == before)
    }

    @Test(arguments: [Signal.terminate, .hangUp])
    func `SIGTERM and SIGHUP end the process with the terminal restored`(_ signal: Signal) async throws {
        let before = pseudo.settings
        let person = Companion { [pseudo] in
            let prompt = try pseudo.blockUntilShown("Token: ")
            try check(!pseudo.echoes, "echo is off")
            kill(try process(in: prompt), signal.number)
        }
        await #expect(processExitsWith: .signal(signal.number)) { [path = pseudo.path as String] in
            useDefaultSignals()
            let slave = open(path, O_RDWR | O_NOCTTY)
            let terminal = Terminal(input: slave, output: slave, error: slave, environment: [:])
            _ = try await terminal.hiddenLine(prompt: "\(getpid()) Token: ")
        }
        try await person.value
        #expect(pseudo.settings == before)
    }

    #if os(Linux)
        @Test func `Ctrl+Z shows the terminal as before, and the prompt again afterwards`() async throws {
            let person = Companion { [pseudo] in
                let process = try process(in: pseudo.blockUntilShown("Token: "))
                for _ in 0..<2 {
                    try check(!pseudo.echoes, "echo is off")
                    kill(process, SIGTSTP)
                    try blockUntil { state(of: process) == "T" }
                    try check(pseudo.echoes, "echo is on while the process is suspended")
                    kill(process, SIGCONT)
                    try pseudo.blockUntilShown("Token: ")
                }
                try check(!pseudo.echoes, "echo is off again")
                try pseudo.press("s3cret\n")
                try pseudo.blockUntilShown("Again: ")
                try pseudo.press("more\n")
            }
            await #expect(processExitsWith: .success) { [path = pseudo.path as String] in
                useDefaultSignals()
                // In a process group of its own, so that there is somebody who could continue it.
                setpgid(0, 0)
                let slave = open(path, O_RDWR | O_NOCTTY)
                let terminal = Terminal(input: slave, output: slave, error: slave, environment: [:])
                let first = try await terminal.hiddenLine(prompt: "\(getpid()) Token: ")
                let second = try await terminal.hiddenLine(prompt: "Again: ")
                #expect([first, second] == ["s3cret", "more"])
            }
            try await person.value
            #expect(pseudo.echoes)
        }

        private func state(of process: Int32) -> Character? {
            let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            var bytes = [UInt8](repeating: 0, count: 512)
            let count = max(0, read(descriptor, &bytes, bytes.count))
            return String(decoding: bytes[..<count], as: UTF8.self).split(separator: ") ").last?.first
        }
    #endif

    private func process(in prompt: String) throws -> pid_t {
        guard let process = pid_t(prompt.prefix { $0 != " " }) else { throw TestFailure("no process in \(prompt)") }
        return process
    }
}
