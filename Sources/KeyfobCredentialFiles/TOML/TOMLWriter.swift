/// Writes TOML.
enum TOMLWriter {
    /// A whole document: the values of each table first, then its tables.
    static func text(of document: DocumentTable) -> String {
        sections(of: document, at: [])
    }

    /// A table with its header, and the tables in it.
    static func sections(of table: DocumentTable, at path: [String]) -> String {
        let values = table.members.filter { $0.value.table == nil }
        let tables = table.members.filter { $0.value.table != nil }
        var parts: [String] = []
        let lines = values.map { pair($0.name, $0.value) }.joined()
        // A table that holds only tables needs no header of its own.
        let needsHeader = !path.isEmpty && (!values.isEmpty || tables.isEmpty)
        if needsHeader || !lines.isEmpty { parts.append((needsHeader ? header(path) : "") + lines) }
        for member in tables {
            parts.append(sections(of: member.value.table ?? DocumentTable(), at: path + [member.name]))
        }
        return parts.joined(separator: "\n")
    }

    /// The line that begins a table.
    static func header(_ path: [String]) -> String {
        "[\(path.map(name).joined(separator: "."))]\n"
    }

    /// The line of a key and its value.
    static func pair(_ key: String, _ value: DocumentValue) -> String {
        "\(name(key)) = \(inline(value))\n"
    }

    /// A value in one line.
    static func inline(_ value: DocumentValue) -> String {
        switch value {
        // There is no null; whoever reads this again finds that it is none.
        case .null: "\"\""
        case .bool(let value): value ? "true" : "false"
        case .number(let spelling): spelling
        case .string(let text): quoted(text)
        case .date(let spelling): isDate(spelling) ? spelling : quoted(spelling)
        case .list(let elements): "[\(elements.map(inline).joined(separator: ", "))]"
        case .table(let table) where table.isEmpty: "{}"
        case .table(let table):
            "{ \(table.members.map { "\(name($0.name)) = \(inline($0.value))" }.joined(separator: ", ")) }"
        }
    }

    private static func name(_ name: String) -> String {
        !name.isEmpty && name.utf8.allSatisfy(TOMLParser.isBare) ? name : quoted(name)
    }

    private static func isDate(_ text: String) -> Bool {
        guard let first = text.utf8.first, (48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { (48...57).contains($0) || "-:.TZtz+ ".utf8.contains($0) }
    }

    // JSON's escapes are TOML's, too.
    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter(indent: nil)
        writer.write(.string(text))
        return writer.text
    }
}
