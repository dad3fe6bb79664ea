/// JSON (RFC 8259): unknown members, their order, and the spelling of numbers are kept; white space is not.
public struct JSONFormat: DocumentFormat {
    /// How many spaces a level is indented by; nil writes all in one line.
    public let indent: Int?

    /// Describes how JSON is written; two spaces a level by default, as most programs do.
    public init(indent: Int? = 2) {
        self.indent = indent
    }

    /// Always `JSON`.
    public var name: String { "JSON" }

    /// Reads a text.
    ///
    /// - Parameter text: The bytes of a JSON text in UTF-8.
    /// - Returns: The members of the root.
    /// - Throws: ``DocumentSyntaxError`` for what RFC 8259 does not allow, for a root that is no object, and beyond
    ///   ``DocumentLimits``.
    public func parse(_ text: [UInt8]) throws(DocumentSyntaxError) -> DocumentTable {
        var parser = JSONParser(text)
        guard case .table(let root) = try parser.document() else {
            throw DocumentSyntaxError("the text is not an object", line: 1, column: 1)
        }
        return root
    }

    /// Writes a document; the old text has nothing that is worth keeping.
    ///
    /// - Parameters:
    ///   - document: What the text must say.
    ///   - old: Not looked at.
    /// - Returns: The text, with a line feed at its end.
    public func text(of document: DocumentTable, over old: [UInt8]? = nil) -> String {
        var writer = JSONWriter(indent: indent)
        writer.write(.table(document))
        return writer.text + "\n"
    }
}

extension DocumentFormat where Self == JSONFormat {
    /// JSON with two spaces a level.
    public static var json: JSONFormat { JSONFormat() }
}
