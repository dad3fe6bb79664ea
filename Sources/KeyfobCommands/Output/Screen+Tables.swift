import KeyfobTerminal

extension Screen {
    /// Shows a label and a value below each other's.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - value: The value; made harmless here.
    ///   - indent: How many spaces stand in front; none by default.
    ///   - width: How many columns the label has.
    public func row(_ label: String, _ value: String, indent: Int = 0, width: Int = 9) {
        let padding = String(repeating: " ", count: max(1, width - label.count))
        let text = String(repeating: " ", count: indent) + label + padding + Terminal.harmless(value)
        terminal.write(text + "\n", to: stream)
    }

    /// Shows labels and values in two columns, as wide as the longest label; those without a value are left out.
    ///
    /// - Parameters:
    ///   - rows: The labels and values.
    ///   - indent: How many spaces stand in front; two by default.
    public func rows(_ rows: [(label: String, value: String?)], indent: Int = 2) {
        let width = (rows.map(\.label.count).max() ?? 0) + 2
        for (label, value) in rows {
            if let value { row(label, value, indent: indent, width: width) }
        }
    }

    /// Shows a table: a line of titles, then the rows, each column as wide as its longest text.
    ///
    /// - Parameters:
    ///   - titles: The columns' titles.
    ///   - rows: The rows, each as long as the titles.
    public func table(_ titles: [String], _ rows: [[String]]) {
        let cells = ([titles] + rows).map { $0.map { Terminal.harmless($0) } }
        let widths = titles.indices.map { column in
            cells.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        for (index, row) in cells.enumerated() {
            let columns = row.indices.map { column in
                column == row.count - 1
                    ? row[column]
                    : row[column] + String(repeating: " ", count: widths[column] - TextWidth.columns(of: row[column]))
            }
            let text = columns.joined(separator: "  ")
            terminal.write((index == 0 ? terminal.styled(text, .bold, on: stream) : text) + "\n", to: stream)
        }
    }
}
