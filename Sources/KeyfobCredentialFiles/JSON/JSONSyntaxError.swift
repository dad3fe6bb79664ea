/// Where a text stops being JSON, and why.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in lower case; quotes nothing of the text, which may hold tokens.
    public var message: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in bytes, counted from 1.
    public var column: Int

    init(_ message: String, line: Int, column: Int) {
        self.message = message
        self.line = line
        self.column = column
    }

    /// The reason with line and column.
    public var description: String { "\(message) at line \(line), column \(column)" }
}
