/// An ordered set of scope names ([RFC 6749 section 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)).
public struct Scopes: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Why text is not a scope list.
    public enum ParsingError: Error, Hashable {
        /// A name has a character outside of `%x21 / %x23-5B / %x5D-7E`.
        case invalidName(String)
        /// More names or longer ones than any honest request has.
        case tooMany
    }

    /// The most names that are accepted.
    public static let limit = 100

    /// The names, each once, in the order of their first appearance.
    public let names: [String]

    /// Makes a set from names that are known to be valid.
    public init(_ names: [String] = []) {
        var seen: Set<String> = []
        self.names = names.filter { seen.insert($0).inserted }
    }

    /// Parses names that are separated by spaces.
    public init(parsing text: some StringProtocol) throws(ParsingError) {
        try self.init(validating: String(text).split(separator: Character(" ")).map { String($0) })
    }

    /// Checks each name against the grammar.
    public init(validating names: [String]) throws(ParsingError) {
        guard names.count <= Self.limit else { throw .tooMany }
        for name in names {
            guard name.utf8.count <= 256 else { throw .tooMany }
            let isValid =
                !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    byte == 0x21 || (0x23...0x5B).contains(byte) || (0x5D...0x7E).contains(byte)
                }
            guard isValid else { throw .invalidName(name) }
        }
        self.init(names)
    }

    /// Reads the space-separated form.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the space-separated form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The space-separated form.
    public var description: String { names.joined(separator: " ") }

    /// Whether there is no name.
    public var isEmpty: Bool { names.isEmpty }

    /// Whether the set has this name.
    public func contains(_ name: String) -> Bool { names.contains(name) }

    /// Whether every name is also one of the other set.
    public func isSubset(of other: Scopes) -> Bool { names.allSatisfy(other.contains) }

    /// The names of this set that the other lacks.
    public func subtracting(_ other: Scopes) -> Scopes { Scopes(names.filter { !other.contains($0) }) }
}
