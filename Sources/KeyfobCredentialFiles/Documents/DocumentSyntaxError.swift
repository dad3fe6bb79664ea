/// Where a text stops making sense, and why.
public struct DocumentSyntaxError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in lower case; quotes nothing of the text, which may hold tokens.
    public var message: String
    /// The line, counted from 1; nil where nobody can say.
    public var line: Int?
    /// The column, counted from 1; nil where nobody can say.
    public var column: Int?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - message: What is wrong; nothing of the text itself.
    ///   - line: The line, counted from 1.
    ///   - column: The column, counted from 1.
    public init(_ message: String, line: Int? = nil, column: Int? = nil) {
        self.message = message
        self.line = line
        self.column = column
    }

    /// The reason with line and column.
    public var description: String {
        guard let line else { return message }
        return "\(message) at line \(line)" + (column.map { ", column \($0)" } ?? "")
    }
}
