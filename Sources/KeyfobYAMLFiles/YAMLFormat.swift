public import KeyfobCredentialFiles

/// YAML: comments, the order and the spelling of what does not change stay as they are.
///
/// A change is made in the old text where it can be; else the document is written anew, without its comments. Plain
/// words are taken as YAML 1.2 says (`yes` is a string), and written so that YAML 1.1 takes them for the same.
///
/// Two names of one table that differ only in how Unicode composes a letter are one name here, and refused.
public struct YAMLFormat: DocumentFormat {
    /// Makes the format.
    public init() {}

    /// Always `YAML`.
    public var name: String { "YAML" }

    /// Reads a text of one YAML document.
    ///
    /// - Parameter text: The bytes of the document in UTF-8.
    /// - Returns: The document; a text without any value is an empty one.
    /// - Throws: ``DocumentSyntaxError`` for what YAML does not allow, for a root that is no mapping, for names that
    ///   are no strings, for several documents, and beyond ``DocumentLimits``.
    public func parse(_ text: [UInt8]) throws(DocumentSyntaxError) -> DocumentTable {
        var reader = YAMLReader()
        return try reader.document(text)
    }

    /// Writes a document.
    ///
    /// - Parameters:
    ///   - document: What the text must say.
    ///   - old: The text that it replaces.
    /// - Returns: The text.
    /// - Throws: ``DocumentSyntaxError`` for what YAML has no words for.
    public func text(of document: DocumentTable, over old: [UInt8]? = nil) throws(DocumentSyntaxError) -> String {
        try faithfulText(
            of: document, over: old,
            edit: { change, text in YAMLEdit.make(change, in: &text) },
            write: YAMLWriter.text)
    }
}

extension DocumentFormat where Self == YAMLFormat {
    /// YAML.
    public static var yaml: YAMLFormat { YAMLFormat() }
}
