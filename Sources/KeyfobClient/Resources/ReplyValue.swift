/// Any JSON of a reply, for services that are described by facts.
public enum ReplyValue: Decodable, Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// Text.
    case string(String)
    /// A list.
    case array([ReplyValue])
    /// Names and values.
    case object([String: ReplyValue])

    /// Reads any JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([ReplyValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: ReplyValue].self))
        }
    }

    /// The value at a path of names; `nil` where the path ends before, and for `null`.
    public func value(at path: [String]) -> ReplyValue? {
        var found = self
        for name in path {
            guard case .object(let members) = found, let member = members[name] else { return nil }
            found = member
        }
        return found == .null ? nil : found
    }

    /// A string, number or boolean as text; `nil` for the others and for empty text.
    public var text: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .boolean(let value): String(value)
        case .null, .array, .object: nil
        }
    }

    /// A number as a whole one; `nil` for what is none.
    public var wholeNumber: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value.rounded(.down))
        default: nil
        }
    }
}
