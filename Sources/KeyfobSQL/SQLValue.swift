/// A value that is bound to a statement or returned in a row.
///
/// Tables hold `TEXT` and `BIGINT` only, so that the same statements run on every database; truth values are 0 and 1,
/// times are milliseconds since 1970.
package enum SQLValue: Sendable, Hashable {
    /// The absence of a value, `NULL`.
    case null
    /// A 64-bit integer, `BIGINT`.
    case integer(Int64)
    /// A Unicode text, `TEXT`.
    case text(String)
    /// A string of bytes.
    case bytes([UInt8])

    /// Creates a text, or `NULL` from nil.
    package init(_ text: String?) {
        self = text.map(Self.text) ?? .null
    }

    /// Creates an integer, or `NULL` from nil.
    package init(_ integer: Int64?) {
        self = integer.map(Self.integer) ?? .null
    }

    /// Creates an integer, or `NULL` from nil.
    package init(_ integer: Int?) {
        self = integer.map { .integer(Int64($0)) } ?? .null
    }

    /// Creates a truth value, stored as 1 or 0.
    package init(_ flag: Bool) {
        self = .integer(flag ? 1 : 0)
    }

    /// Creates a string of bytes, or `NULL` from nil.
    package init(_ bytes: [UInt8]?) {
        self = bytes.map(Self.bytes) ?? .null
    }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    /// Creates a text from a literal.
    package init(stringLiteral value: String) {
        self = .text(value)
    }

    /// Creates an integer from a literal.
    package init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// Creates 1 or 0 from a literal.
    package init(booleanLiteral value: Bool) {
        self = .integer(value ? 1 : 0)
    }

    /// Creates `NULL` from the literal `nil`.
    package init(nilLiteral: ()) {
        self = .null
    }
}
