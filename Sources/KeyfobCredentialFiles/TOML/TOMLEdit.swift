/// Makes one change in a TOML text and leaves all else in it alone.
///
/// Whether the result says what it should is for the reader to judge: where this gets it wrong (dotted keys, tables in
/// one line), the document is written anew.
enum TOMLEdit {
    static func make(_ change: DocumentChange, in text: inout [UInt8]) -> Bool {
        guard let outline = try? TOMLOutline(text) else { return false }
        guard let value = change.value else { return remove(change.path, outline, &text) }
        if let range = outline.pair(at: change.path) {
            text.replaceSubrange(range, with: TOMLWriter.inline(value).utf8)
        } else if case .table(let table) = value {
            append(TOMLWriter.sections(of: table, at: change.path), to: &text)
        } else {
            insert(value, at: change.path, outline, &text)
        }
        return true
    }

    private static func insert(
        _ value: DocumentValue, at path: [String], _ outline: TOMLOutline, _ text: inout [UInt8]
    ) {
        guard let name = path.last else { return }
        let table = Array(path.dropLast())
        let line = TOMLWriter.pair(name, value)
        if let end = outline.end(ofTable: table) {
            let isLast = end == text.count
            if isLast { endLastLine(of: &text) }
            text.insert(contentsOf: line.utf8, at: isLast ? text.count : end)
        } else if table.isEmpty {
            let start = outline.statements.first.map { startOfComment(before: $0.lines.lowerBound, text) }
            if let start {
                text.insert(contentsOf: (line + "\n").utf8, at: start)
            } else {
                endLastLine(of: &text)
                text += line.utf8
            }
        } else {
            append(TOMLWriter.header(table) + line, to: &text)
        }
    }

    private static func append(_ section: String, to text: inout [UInt8]) {
        endLastLine(of: &text)
        text += (text.isEmpty ? section : "\n" + section).utf8
    }

    private static func remove(_ path: [String], _ outline: TOMLOutline, _ text: inout [UInt8]) -> Bool {
        var ranges: [Range<Int>] = []
        for (index, statement) in outline.statements.enumerated() where statement.path.starts(with: path) {
            var end = statement.lines.upperBound
            let next = outline.statements.dropFirst(index + 1).first
            // A section goes with the blank lines below it.
            if next == nil || next?.kind == .header, outline.header(of: index)?.starts(with: path) == true {
                end = endOfBlankLines(after: end, text)
            }
            ranges.append(statement.lines.lowerBound..<end)
        }
        for range in ranges.reversed() { text.removeSubrange(range) }
        trimEnd(of: &text)
        return !ranges.isEmpty
    }

    private static func endLastLine(of text: inout [UInt8]) {
        if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    }

    // Blank lines at the very end are what a section left that is gone.
    private static func trimEnd(of text: inout [UInt8]) {
        while text.count >= 2, text.suffix(2).allSatisfy({ $0 == UInt8(ascii: "\n") }) { text.removeLast() }
        if text == [UInt8(ascii: "\n")] { text = [] }
    }

    private static func endOfBlankLines(after position: Int, _ text: [UInt8]) -> Int {
        var end = position
        for (offset, byte) in text[position...].enumerated() {
            if byte == UInt8(ascii: "\n") { end = position + offset + 1 } else if byte > 0x20 { break }
        }
        return end
    }

    // The comments right above a section belong to it.
    private static func startOfComment(before position: Int, _ text: [UInt8]) -> Int {
        var start = position
        while start > 0 {
            let above = text[..<(start - 1)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            guard text[above..<start].first(where: { $0 > 0x20 }) == UInt8(ascii: "#") else { break }
            start = above
        }
        return start
    }
}

extension TOMLOutline {
    /// Where the value of a path stands.
    fileprivate func pair(at path: [String]) -> Range<Int>? {
        statements.first { !$0.isInArray && $0.path == path }?.value
    }

    /// The table that the statement with an index belongs to, or begins.
    fileprivate func header(of index: Int) -> [String]? {
        statements[...index].last { $0.kind == .header }?.path
    }

    /// Where a new line of a table belongs, which is behind its last one.
    ///
    /// The table must have a header, or be the root with a line of its own.
    fileprivate func end(ofTable path: [String]) -> Int? {
        var section = statements[...]
        var end: Int?
        if !path.isEmpty {
            let header = statements.firstIndex { $0.kind == .header && !$0.isInArray && $0.path == path }
            guard let header else { return nil }
            section = statements[(header + 1)...]
            end = statements[header].lines.upperBound
        }
        return section.prefix { $0.kind != .header }.last?.lines.upperBound ?? end
    }
}
