import KeyfobSignIn
import KeyfobTerminal

extension Session {
    /// Answers with an object on standard output.
    ///
    /// - Throws: ``Failure`` where nobody takes it.
    public func answer(_ report: JSONReport) throws(Failure) {
        try write(report.text)
    }

    /// Answers with a line on standard output.
    ///
    /// - Throws: ``Failure`` where nobody takes it.
    public func answer(_ line: String) throws(Failure) {
        try write(line + "\n")
    }

    // An answer that reached nobody is no success: a script would go on with an empty token.
    private func write(_ text: String) throws(Failure) {
        guard context.terminal.write(text) else {
            throw Failure(
                "output", "the answer could not be written to standard output",
                hint: "whoever reads it has ended, or the disk is full", exit: .failed)
        }
    }

    /// Asks a person at a terminal, who has to say yes; without a terminal the answer is yes.
    public func confirms(_ question: String) async throws -> Bool {
        guard context.terminal.inputIsTerminal, !wishes.assumesYes else { return true }
        return try await context.terminal.confirm(question, default: false, on: screen.stream)
    }

    /// Asks for a line that is shown while it is typed; without a terminal nothing is asked and one line is read.
    ///
    /// - Parameter prompt: The question, without a line feed.
    /// - Returns: The line without spaces around it; `nil` at the end of the input.
    /// - Throws: ``TerminalError``, or `CancellationError`.
    public func line(_ prompt: String) async throws -> String? {
        if context.terminal.inputIsTerminal { context.terminal.write(prompt, to: screen.stream) }
        return try await context.terminal.line().map { Self.trimmed($0) }
    }

    /// Asks for a line that is not shown; without a terminal nothing is asked and one line is read.
    ///
    /// - Parameter prompt: The question, without a line feed.
    /// - Returns: The line; `nil` at the end of the input.
    /// - Throws: ``TerminalError``, ``Interrupted``, or `CancellationError`.
    public func hiddenLine(_ prompt: String) async throws -> String? {
        try await context.terminal.hiddenLine(prompt: prompt)
    }

    /// Asks for a token, which is not shown.
    ///
    /// - Returns: The token.
    /// - Throws: ``Failure`` of wrong usage where nothing was given, and what ``hiddenLine(_:)`` throws.
    public func pastedToken() async throws -> String {
        let paste = screen.wording.paste
        if context.terminal.inputIsTerminal { screen.show(paste.introduction) }
        let token = try await hiddenLine(paste.prompt).map { Self.trimmed($0) } ?? ""
        guard !token.isEmpty else {
            throw Failure("usage", "no token was given", hint: paste.hint, exit: .usage)
        }
        return token
    }

    /// Says that a token on the command line can be seen by others, and what is safer.
    ///
    /// - Parameter instead: What to do instead, such as `pipe it into 'tool login --token'`.
    public func warnOfTokenOnCommandLine(_ instead: String) {
        screen.warn("a token on the command line is seen by other programs and kept by the shell; \(instead)")
    }

    /// Says that a variable wins over what a command does.
    public func warnOfEnvironmentToken(_ consequence: String) {
        guard let variable = product.variables.token, product.environmentToken(context.environment) != nil
        else { return }
        screen.warn("\(variable) is set and \(consequence)")
    }

    static func trimmed(_ text: String) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        let start = text.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(start[...last])
    }
}
