/// Fields of an `application/x-www-form-urlencoded` body or of a query, in their order
/// ([RFC 6749 appendix B](https://www.rfc-editor.org/rfc/rfc6749#appendix-B)).
public struct FormFields: Sendable, Hashable {
    /// One field: both parts decoded.
    public struct Field: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value; empty for a name without an equals sign.
        public let value: String
    }

    /// Why a body is not a form.
    public enum ParsingError: Error, Hashable {
        /// A percent sign without two hexadecimal digits, bytes that are not UTF-8, or a NUL, at which C stops reading.
        case malformedEscape
        /// A parameter that may appear once appeared again (RFC 6749 section 3.2).
        case repeated(name: String)
    }

    /// All fields, repeated ones included.
    public private(set) var fields: [Field]

    /// Makes fields from pairs, leaving out those without a value.
    public init(_ pairs: [(String, String?)] = []) {
        fields = pairs.compactMap { name, value in value.map { Field(name: name, value: $0) } }
    }

    /// Parses a form or a query.
    ///
    /// - Parameter text: The encoded text, without a leading question mark.
    /// - Throws: ``ParsingError/malformedEscape``.
    public init(parsing text: some StringProtocol) throws(ParsingError) {
        fields = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decodeForm(halves[0]),
                let value = halves.count > 1 ? PercentEncoding.decodeForm(halves[1]) : "",
                !name.utf8.contains(0), !value.utf8.contains(0)
            else { throw .malformedEscape }
            fields.append(Field(name: name, value: value))
        }
    }

    /// The value of a parameter that may appear once; an empty value counts as absent (RFC 6749 section 3.1).
    ///
    /// - Throws: ``ParsingError/repeated(name:)``.
    public func single(_ name: String) throws(ParsingError) -> String? {
        var found: String?
        for field in fields where field.name == name {
            guard found == nil else { throw .repeated(name: name) }
            found = field.value
        }
        return found?.isEmpty == true ? nil : found
    }

    /// The value of the first field of that name.
    public subscript(name name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Adds a field at the end.
    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The encoded text; a space becomes a plus sign.
    public var encoded: String {
        fields.map { PercentEncoding.encodeForm($0.name) + "=" + PercentEncoding.encodeForm($0.value) }
            .joined(separator: "&")
    }
}
