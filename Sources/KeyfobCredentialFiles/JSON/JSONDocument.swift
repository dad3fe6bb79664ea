/// A JSON file as a tree that can be changed in one place and written again with all else kept.
///
/// Kept are unknown members, their order, and the spelling of numbers; not kept is white space between them.
public struct JSONDocument: Sendable, Equatable {
    /// The largest text that is read: one mebibyte.
    public static let sizeLimit = 1 << 20
    /// How deeply arrays and objects may be nested.
    public static let depthLimit = 64

    /// The members of the document, whose root is always an object here.
    public var root: JSONObject

    /// Makes a document.
    public init(_ root: JSONObject = JSONObject()) {
        self.root = root
    }

    /// Reads a document.
    ///
    /// - Parameter text: The bytes of a JSON text in UTF-8.
    /// - Throws: ``JSONSyntaxError`` for what RFC 8259 does not allow, for a root that is no object, and beyond
    ///   ``sizeLimit`` and ``depthLimit``.
    public init(parsing text: [UInt8]) throws(JSONSyntaxError) {
        var parser = JSONParser(text)
        guard case .object(let root) = try parser.document() else {
            throw JSONSyntaxError("the text is not an object", line: 1, column: 1)
        }
        self.root = root
    }

    /// Writes the document, with a line feed at its end.
    ///
    /// - Parameter indent: How many spaces a level is indented by; nil writes all in one line.
    /// - Returns: The text.
    public func text(indent: Int? = 2) -> String {
        var writer = JSONWriter(indent: indent)
        writer.write(.object(root))
        return writer.text + "\n"
    }
}
