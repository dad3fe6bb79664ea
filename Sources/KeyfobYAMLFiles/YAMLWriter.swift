import KeyfobCredentialFiles

/// Writes YAML in blocks, two spaces a level, each single value in one line.
enum YAMLWriter {
    /// A whole document; an empty one is an empty text.
    static func text(of document: DocumentTable) -> String {
        lines(of: document, indent: 0).map { $0 + "\n" }.joined()
    }

    /// The lines of a name and its value.
    static func entry(_ name: String, _ value: DocumentValue, indent: Int) -> [String] {
        let start = String(repeating: " ", count: indent) + string(name) + ":"
        switch value {
        case .table(let table) where !table.isEmpty:
            return [start] + lines(of: table, indent: indent + 2)
        case .list(let elements) where !elements.isEmpty:
            let dash = String(repeating: " ", count: indent + 2) + "- "
            return [start] + elements.map { dash + inline($0) }
        default:
            return [start + " " + inline(value)]
        }
    }

    /// A value in one line.
    static func inline(_ value: DocumentValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let spelling): spelling
        case .string(let text): string(text)
        case .date(let spelling): Timestamp.time(spelling) == nil ? quoted(spelling) : spelling
        case .list(let elements): "[\(elements.map(inline).joined(separator: ", "))]"
        case .table(let table):
            "{\(table.members.map { "\(quoted($0.name)): \(inline($0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func lines(of table: DocumentTable, indent: Int) -> [String] {
        table.members.flatMap { entry($0.name, $0.value, indent: indent) }
    }

    private static func string(_ text: String) -> String {
        YAMLScalar.isPlain(text) ? text : quoted(text)
    }

    // Double quotes and JSON's escapes; what YAML calls a line break or not printable is escaped, too.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
