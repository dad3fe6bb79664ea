import KeyfobSignIn
import KeyfobTerminal

/// A product's screens on a terminal: its lines, its waiting signs, its warnings and errors.
struct Screen {
    let terminal: Terminal
    let wording: Wording
    /// Where what is not an error goes: standard error when standard output is for a program.
    let stream: Terminal.Stream

    /// Shows lines; a placeholder without a value takes what leads to it along.
    func show(_ lines: [Wording.Line], _ values: [String: String] = [:]) {
        for line in lines { show(line, values) }
    }

    /// Shows a line.
    func show(_ line: Wording.Line, _ values: [String: String] = [:]) {
        let text = Self.filled(line.text, values)
        guard let sign = wording.signs[line.sign] else {
            terminal.write(text + "\n", to: stream)
            return
        }
        terminal.write("\(terminal.styled(sign, line.sign.style, on: stream)) \(text)\n", to: stream)
    }

    /// Shows a label and a value below each other's.
    func row(_ label: String, _ value: String, indent: Int = 0, width: Int = 9) {
        let padding = String(repeating: " ", count: max(1, width - label.count))
        let text = String(repeating: " ", count: indent) + label + padding + Terminal.harmless(value)
        terminal.write(text + "\n", to: stream)
    }

    /// Shows that something goes on.
    func wait<Result>(
        _ waiting: Wording.Waiting?, _ body: () async throws -> Result
    ) async throws -> Result {
        guard let waiting else { return try await body() }
        guard terminal.isTerminal(stream) else {
            terminal.write(waiting.plain + "\n", to: stream)
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

    /// Says on standard error that something is not as it should be.
    func warn(_ text: String) {
        switch wording.errors {
        case .labelled:
            terminal.writeError("\(terminal.styled("warning:", .yellow, on: .error)) \(text)\n")
        case .sign:
            let sign = terminal.styled(wording.signs[.warning] ?? "!", .yellow, on: .error)
            terminal.writeError("\(sign) \(text.capitalizedFirst)\n")
        }
    }

    /// Says on standard error what happened and what to do next.
    func report(_ failure: Failure) {
        let message = Terminal.harmless(failure.message)
        let hint = failure.hint.map { Terminal.harmless($0) }
        switch wording.errors {
        case .labelled:
            terminal.writeError("\(terminal.styled("error:", .red, .bold, on: .error)) \(message)\n")
            if let hint { terminal.writeError("\(terminal.styled("hint:", .cyan, on: .error)) \(hint)\n") }
        case .sign(let sign):
            terminal.writeError("\(terminal.styled(sign, .red, on: .error)) \(message.capitalizedFirst)\n")
            if let hint { terminal.writeError("  \(hint.capitalizedFirst)\n") }
        }
    }

    private func settle(_ waiting: Wording.Waiting) {
        if let settled = waiting.settled { terminal.write(settled + "\n", to: stream) }
    }

    private static func filled(_ text: String, _ values: [String: String]) -> String {
        var text = text
        // "Signed in as {account}" is still a sentence without the account.
        if values["account"] == nil { text = text.replacing(" as {account}", with: "") }
        for (name, value) in values {
            text = text.replacing("{\(name)}", with: Terminal.harmless(value))
        }
        return text
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

extension String {
    /// The text with a capital in front.
    var capitalizedFirst: String {
        prefix(1).uppercased() + dropFirst()
    }

    /// The text with a small letter in front, unless its first word is a name.
    var uncapitalizedFirst: String {
        let word = prefix { $0.isLetter }
        let isName = word.dropFirst().contains { $0.isUppercase }
        return isName ? self : prefix(1).lowercased() + dropFirst()
    }
}
