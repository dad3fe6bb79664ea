/// The language that a file is written in: JSON, TOML or YAML.
///
/// A format is a value, so that only the programs whose file is YAML link its library.
public protocol DocumentFormat: Sendable {
    /// The language's name, as people know it.
    var name: String { get }

    /// Reads a text.
    ///
    /// - Parameter text: The bytes of the file.
    /// - Returns: The document, whose root is always a table here.
    /// - Throws: ``DocumentSyntaxError`` for what the language does not allow, for a root that is no table, and beyond
    ///   ``DocumentLimits``.
    func parse(_ text: [UInt8]) throws(DocumentSyntaxError) -> DocumentTable

    /// Writes a document.
    ///
    /// - Parameters:
    ///   - document: What the text must say.
    ///   - old: The text that it replaces; comments and the order of what did not change stay where the format can.
    /// - Returns: The text, with a line feed at its end.
    /// - Throws: ``DocumentSyntaxError`` for a document that the language has no words for; nothing was written.
    func text(of document: DocumentTable, over old: [UInt8]?) throws(DocumentSyntaxError) -> String
}

/// How much of a file is read.
public enum DocumentLimits {
    /// The largest text: one mebibyte.
    public static let size = 1 << 20
    /// How deeply lists and tables may be nested.
    public static let depth = 64
    /// How many values there may be, counted after aliases are followed.
    public static let values = 100_000
}
