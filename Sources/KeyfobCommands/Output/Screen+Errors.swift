import KeyfobSignIn
import KeyfobTerminal

extension Screen {
    /// Says on standard error that something is not as it should be.
    public func warn(_ text: String) {
        let style = wording.errors
        let mark = terminal.styled(
            style.warningMark ?? wording.signs[.warning] ?? "!", .yellow, on: .error)
        let text = Terminal.harmless(text)
        terminal.writeError("\(mark) \(style.capitalizes ? text.capitalizedFirst : text)\n")
    }

    /// Says on standard error what happened and what to do next.
    public func report(_ failure: Failure) {
        let style = wording.errors
        terminal.writeError(headline(Terminal.harmless(failure.message), style) + "\n")
        if let hint = failure.hint.map({ Terminal.harmless($0) }) {
            if let mark = style.hintMark {
                let text = style.capitalizes ? hint.capitalizedFirst : hint
                terminal.writeError("\(terminal.styled(mark, .cyan, on: .error)) \(text)\n")
            } else {
                terminal.writeError("  \(style.capitalizes ? hint.capitalizedFirst : hint)\n")
            }
        }
        if let command = failure.command { terminal.writeError(Terminal.harmless(command) + "\n") }
    }

    private func headline(_ message: String, _ style: Wording.ErrorStyle) -> String {
        let message = style.capitalizes ? message.capitalizedFirst : message
        if style.mark.isEmpty { return message }
        if style.isWhollyRed { return terminal.styled("\(style.mark) \(message)", .red, on: .error) }
        if style == .labelled { return "\(terminal.styled(style.mark, .red, .bold, on: .error)) \(message)" }
        return "\(terminal.styled(style.mark, .red, on: .error)) \(message)"
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
