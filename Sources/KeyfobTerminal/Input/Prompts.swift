import Dispatch

extension Terminal {
    /// Reads one line of standard input, which may be a terminal, a pipe or a file.
    ///
    /// A terminal shows the line while it is typed, and itself cuts it at 4,095 bytes, which
    /// ``hiddenLine(prompt:on:)`` does not. What follows the line is left to whoever reads next.
    ///
    /// - Returns: The line without its end; nil at the end of the input.
    /// - Throws: ``TerminalError`` with `lineTooLong` beyond 64 KiB, or `unreadable`; `CancellationError` when the task
    ///   is cancelled.
    public func line() async throws -> String? {
        try await read(editsLine: false, wake: WakePipe())
    }

    /// Asks for a line that is not shown while it is typed.
    ///
    /// The terminal is set as it was on every way out: Enter, end of input, cancellation, SIGINT, SIGTERM, SIGHUP,
    /// SIGQUIT; and for as long as Ctrl+Z suspends the process. Where standard input is no terminal, nothing is asked
    /// and one line is read.
    ///
    /// - Parameters:
    ///   - prompt: What to ask, written without a line feed.
    ///   - stream: Where the prompt goes; standard error by default, so that it is seen when the output is redirected.
    /// - Returns: The line; nil at the end of the input.
    /// - Throws: ``TerminalError``; ``Interrupted`` after a signal that the process survives; `CancellationError`.
    public func hiddenLine(prompt: String, on stream: Stream = .error) async throws -> String? {
        guard let hidden = HiddenInput(input) else { return try await line() }
        let wake = WakePipe()
        let interruption = FirstSignal()
        hidden.hide()
        let watcher = SignalRegistry.shared.add(
            SignalRegistry.Watcher(signals: Set(Signal.allCases), isFinal: false) { signal, isSurvived in
                hidden.show()
                guard isSurvived else { return }
                interruption.note(signal)
                wake.wake()
            } resumed: {
                hidden.hide()
                write(prompt, to: stream)
            }
        )
        defer {
            SignalRegistry.shared.remove(watcher)
            hidden.end()
            write("\n", to: stream)
        }
        write(prompt, to: stream)
        do {
            return try await read(editsLine: true, wake: wake)
        } catch is CancellationError {
            throw interruption.signal.map(Interrupted.init) ?? CancellationError()
        }
    }

    /// Asks a question that is answered with yes or no, until it is.
    ///
    /// - Parameters:
    ///   - question: The question, without its choices: ` [Y/n] ` is added.
    ///   - default: The answer of an empty line, of the end of the input, and where standard input is no terminal; then
    ///     nothing is asked.
    ///   - stream: Where the question goes; standard error by default.
    /// - Returns: The answer.
    /// - Throws: ``TerminalError``; `CancellationError`.
    public func confirm(_ question: String, default: Bool, on stream: Stream = .error) async throws -> Bool {
        guard inputIsTerminal else { return `default` }
        while true {
            write("\(question) [\(`default` ? "Y/n" : "y/N")] ", to: stream)
            guard let answer = try await line() else { return `default` }
            switch answer.lowercased().filter({ !$0.isWhitespace }) {
            case "": return `default`
            case "y", "yes": return true
            case "n", "no": return false
            default: write("please answer y or n\n", to: stream)
            }
        }
    }

    // On a thread of its own, since the tasks' threads must not block.
    private func read(editsLine: Bool, wake: WakePipe) async throws -> String? {
        let reader = LineReader(descriptor: input, wake: wake, editsLine: editsLine)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue(label: "keyfob.input").async {
                    continuation.resume(with: Result { try reader.line() })
                }
            }
        } onCancel: {
            wake.wake()
        }
    }
}
