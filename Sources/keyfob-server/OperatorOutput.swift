import Foundation

/// What an operator's command prints on standard output: JSON for programs, lines and columns for people.
enum OperatorOutput {
    /// Prints a value as JSON; its members are in the order of their names, times are as in RFC 3339.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.keyEncodingStrategy = .convertToSnakeCase
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Prints rows in columns under their titles, or a sentence where there are none.
    static func table(_ titles: [String], _ rows: [[String]], orElse sentence: String) {
        guard !rows.isEmpty else { return print(sentence) }
        let lines = [titles] + rows.map { $0.map(plain) }
        let widths = titles.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        for line in lines {
            let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            print(String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
        }
    }

    /// A time as in RFC 3339, or a dash.
    static func time(_ date: Date?) -> String {
        date?.formatted(.iso8601) ?? "-"
    }

    /// Text without what would move the cursor or hide other text.
    static func plain(_ text: String) -> String {
        let shown = text.unicodeScalars.filter { ![.control, .format].contains($0.properties.generalCategory) }
        return String(String.UnicodeScalarView(shown))
    }
}
