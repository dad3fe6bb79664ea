public import KeyfobSignIn
public import KeyfobTerminal

/// A product's screens on a terminal: its lines, its waiting signs, its warnings and errors.
public struct Screen: Sendable {
    /// The terminal.
    public let terminal: Terminal
    /// What the screens say.
    public let wording: Wording
    /// Where what is not an error goes: standard error when standard output is for a program.
    public let stream: Terminal.Stream

    /// Makes a screen.
    ///
    /// - Parameters:
    ///   - terminal: The terminal.
    ///   - wording: What is said.
    ///   - stream: Where to; standard output by default.
    public init(terminal: Terminal, wording: Wording, stream: Terminal.Stream = .output) {
        self.terminal = terminal
        self.wording = wording
        self.stream = stream
    }

    /// Shows what stands at the beginning of a verb, if the wording has that.
    public func open(_ verb: String) {
        show(wording.openings[verb] ?? [])
    }

    /// Shows lines with values for their placeholders; a line whose placeholder has no value is left out.
    public func show(_ lines: [Wording.Line], _ values: [String: String] = [:]) {
        for line in lines { show(line, values) }
    }

    /// Shows a line with values for its placeholders, or nothing where one has no value.
    public func show(_ line: Wording.Line, _ values: [String: String] = [:]) {
        // "Signed in as {account}" is still a sentence without the account.
        let text = values["account"] == nil ? line.text.replacing(" as {account}", with: "") : line.text
        guard let text = Placeholders.fill(text, with: values) else { return }
        guard let sign = wording.signs[line.sign] else {
            terminal.write(text + "\n", to: stream)
            return
        }
        terminal.write("\(terminal.styled(sign, line.sign.style, on: stream)) \(text)\n", to: stream)
    }

    /// Shows a text as it is, but for what could command the terminal.
    public func say(_ text: String) {
        terminal.write(Terminal.harmless(text) + "\n", to: stream)
    }

    /// Shows that something goes on: turning on a terminal, one plain line elsewhere.
    public func wait<Result>(
        _ waiting: Wording.Waiting?, _ body: () async throws -> Result
    ) async throws -> Result {
        guard let waiting else { return try await body() }
        guard terminal.isTerminal(stream) else {
            if !waiting.plain.isEmpty { terminal.write(waiting.plain + "\n", to: stream) }
            return try await body()
        }
        let result: Result
        do {
            result = try await terminal.withSpinner(waiting.message, on: stream, body)
        } catch {
            settle(waiting)
            throw error
        }
        settle(waiting)
        return result
    }

    private func settle(_ waiting: Wording.Waiting) {
        if let settled = waiting.settled { terminal.write(settled + "\n", to: stream) }
    }
}

extension Wording.Line.Sign {
    fileprivate var style: Style {
        switch self {
        case .none: .dim
        case .success: .green
        case .warning: .yellow
        case .note: .blue
        }
    }
}
