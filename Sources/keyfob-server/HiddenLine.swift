import Foundation

/// A line that is not shown while it is typed, or one that is piped in.
enum HiddenLine {
    /// Whether standard input is a person's terminal.
    static var isTyped: Bool { isatty(STDIN_FILENO) != 0 }

    /// Asks on the terminal; the C library puts echo back, after Ctrl+C too.
    ///
    /// - Throws: ``Failure`` if nothing was given.
    static func ask(_ prompt: String) throws -> String {
        guard let text = getpass(prompt) else {
            throw Failure("nothing was given", hint: "run the command again, or pipe it in")
        }
        defer { memset(text, 0, strlen(text)) }
        return String(cString: text)
    }

    /// The first line of standard input.
    ///
    /// - Throws: ``Failure`` if there is none.
    static func piped(_ what: String) throws -> String {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Failure("there is no \(what) on standard input", hint: "pipe it in, or use a terminal")
        }
        return line
    }
}
