/// A TOML text that was read: what it says, and where which statement stands.
struct TOMLOutline {
    /// A line with a table's name, or lines with a key and its value.
    struct Statement: Equatable {
        enum Kind: Equatable {
            case header
            case pair(value: Range<Int>)
        }

        let kind: Kind
        /// The whole name, that of the table included.
        let path: [String]
        /// Whether it belongs to an array of tables, where names repeat.
        let isInArray: Bool
        /// Its lines, their ends included.
        let lines: Range<Int>

        /// Where the value stands.
        var value: Range<Int>? {
            guard case .pair(let value) = kind else { return nil }
            return value
        }
    }

    /// What the text says.
    let document: DocumentTable
    /// Where it says it.
    let statements: [Statement]

    /// Reads a text.
    ///
    /// - Throws: ``DocumentSyntaxError`` for what TOML 1.0 does not allow, and beyond ``DocumentLimits``.
    init(_ text: [UInt8]) throws(DocumentSyntaxError) {
        var parser = try TOMLParser(text)
        let tree = TOMLTree()
        var statements: [Statement] = []
        var table: [String] = []
        var arrays: [[String]] = []
        while parser.skipToContent() {
            let start = parser.lineStart
            let begin = parser.position
            var (kind, path) = (Statement.Kind.header, table)
            if parser.isAtHeader {
                let header = try parser.header()
                guard tree.begin(header.path, isArray: header.isArray) else {
                    throw parser.error("a table is defined twice", at: begin)
                }
                if header.isArray, !arrays.contains(header.path) { arrays.append(header.path) }
                (table, path) = (header.path, header.path)
            } else {
                let pair = try parser.pair()
                guard tree.insert(pair.value, at: pair.path) else {
                    throw parser.error("a name stands twice in a table", at: begin)
                }
                (kind, path) = (.pair(value: pair.place), table + pair.path)
            }
            let isInArray = arrays.contains { table.starts(with: $0) }
            let lines = start..<(try parser.endOfLine())
            statements.append(Statement(kind: kind, path: path, isInArray: isInArray, lines: lines))
        }
        self.statements = statements
        document = tree.document
    }
}
