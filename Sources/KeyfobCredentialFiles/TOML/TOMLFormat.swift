/// TOML 1.0: comments, the order and the spelling of what does not change stay as they are.
///
/// A change is made in the old text where it can be; else the document is written anew, without its comments.
public struct TOMLFormat: DocumentFormat {
    /// Makes the format.
    public init() {}

    /// Always `TOML`.
    public var name: String { "TOML" }

    /// Reads a text.
    ///
    /// - Parameter text: The bytes of a TOML document in UTF-8.
    /// - Returns: The document; an empty text is an empty one.
    /// - Throws: ``DocumentSyntaxError`` for what TOML 1.0 does not allow, and beyond ``DocumentLimits``.
    public func parse(_ text: [UInt8]) throws(DocumentSyntaxError) -> DocumentTable {
        try TOMLOutline(text).document
    }

    /// Writes a document; null, for which TOML has no word, is left out.
    ///
    /// - Parameters:
    ///   - document: What the text must say.
    ///   - old: The text that it replaces.
    /// - Returns: The text.
    /// - Throws: ``DocumentSyntaxError`` for what TOML has no words for, such as null in a list.
    public func text(of document: DocumentTable, over old: [UInt8]? = nil) throws(DocumentSyntaxError) -> String {
        try faithfulText(
            of: document.withoutNull, over: old,
            edit: { change, text in TOMLEdit.make(change, in: &text) },
            write: TOMLWriter.text)
    }
}

extension DocumentFormat where Self == TOMLFormat {
    /// TOML.
    public static var toml: TOMLFormat { TOMLFormat() }
}

extension DocumentTable {
    fileprivate var withoutNull: DocumentTable {
        DocumentTable(
            members.compactMap { member in
                switch member.value {
                case .null: nil
                case .table(let table): Member(member.name, .table(table.withoutNull))
                default: member
                }
            })
    }
}
