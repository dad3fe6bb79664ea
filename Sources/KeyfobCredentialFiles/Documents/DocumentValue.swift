/// A value in a file, as it stands there: tables keep their order, and numbers and dates their spelling.
///
/// It is the same for JSON, TOML and YAML, so that whoever reads a file need not know which of them it is.
public enum DocumentValue: Sendable, Equatable {
    /// Nothing: `null`; a format without it leaves the name out.
    case null
    /// True or false.
    case bool(Bool)
    /// A number, spelled as in the text.
    case number(String)
    /// A string, without its quotes and escapes.
    case string(String)
    /// A date or time, spelled as in the text; a format without dates writes it as a string.
    case date(String)
    /// A list.
    case list([DocumentValue])
    /// A table: names and their values.
    case table(DocumentTable)

    /// A whole number.
    public static func number(_ value: Int64) -> DocumentValue {
        .number(String(value))
    }

    /// The text of a string; nil for anything else.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// What a person would write for a single value: a string's text, or the spelling; nil for lists, tables and null.
    public var spelling: String? {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .number(let text), .string(let text), .date(let text): text
        case .null, .list, .table: nil
        }
    }

    /// The names of a table; nil for anything else.
    public var table: DocumentTable? {
        guard case .table(let table) = self else { return nil }
        return table
    }

    /// The elements of a list; nil for anything else.
    public var elements: [DocumentValue]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }

    /// The value of true and false; nil for anything else.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The value of a whole number; nil for anything else.
    public var integer: Int64? {
        guard case .number(let spelling) = self else { return nil }
        return Int64(spelling)
    }

    /// The value of a number that is finite; nil for anything else.
    public var double: Double? {
        guard case .number(let spelling) = self, let value = Double(spelling), value.isFinite else { return nil }
        return value
    }
}

extension DocumentValue {
    /// Takes what a person typed for a value: `true`, `false` and numbers are those, all else is a string.
    ///
    /// - Parameter text: What was typed.
    public init(typed text: String) {
        switch text {
        case "true": self = .bool(true)
        case "false": self = .bool(false)
        default: self = Self.isNumber(text) ? .number(text) : .string(text)
        }
    }

    // Digits with at most one point between them: what all formats take for a number, and no `0x10`, `1e5` or `007`.
    private static func isNumber(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2 else { return false }
        let digits = whole.first == UInt8(ascii: "-") ? whole.dropFirst() : whole
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        return ([digits] + parts.dropFirst()).allSatisfy { part in
            !part.isEmpty && part.count <= 15
                && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }

    /// Says whether two values mean the same: the order of names and the spelling of numbers do not count.
    func means(_ other: DocumentValue) -> Bool {
        switch (self, other) {
        case (.table(let one), .table(let two)): one.means(two)
        case (.list(let one), .list(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.means($1) }
        case (.string(let one), .string(let two)): one.utf8.elementsEqual(two.utf8)
        case (.date(let one), .date(let two)):
            one == two || Timestamp.time(one).map { $0 == Timestamp.time(two) } ?? false
        case (.number(let one), .number(let two)):
            one == two || Int64(one).map { $0 == Int64(two) } ?? (Double(one) != nil && Double(one) == Double(two))
        default: self == other
        }
    }
}
