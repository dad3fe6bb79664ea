/// Why a line could not be read from a person or a pipe.
public struct TerminalError: Error, Equatable, CustomStringConvertible {
    /// The failures that a caller tells apart.
    public enum Code: String, Sendable, CaseIterable {
        /// The line has more than 64 KiB.
        case lineTooLong
        /// Standard input can't be read: it is closed, a folder, or its device fails.
        case unreadable
    }

    /// Which of the failures it is.
    public var code: Code
    /// What happened, in lower case and without a final period; never what was typed.
    public var message: String
    /// What to do next, in lower case and without a final period.
    public var hint: String

    /// Makes an error from its code and its two texts for people.
    public init(_ code: Code, message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// Both texts in one line.
    public var description: String { "\(message) (\(hint))" }
}
