import KeyfobCredentialFiles
import KeyfobCredentials
import Yams

/// Makes one change in a YAML text and leaves all else in it alone.
///
/// Whether the result says what it should is for the reader to judge: where this gets it wrong (mappings in braces,
/// aliases, values of many lines), the document is written anew.
struct YAMLEdit {
    private typealias Line = [Unicode.Scalar]

    private var lines: [Line]

    static func make(_ change: DocumentChange, in text: inout [UInt8]) -> Bool {
        guard let root = try? YAMLReader.root(text), case .mapping(let mapping) = root else {
            return begin(change, in: &text)
        }
        guard var edit = YAMLEdit(text), edit.make(change, in: mapping) else { return false }
        text = edit.text
        return true
    }

    // A text without any value may still hold comments.
    private static func begin(_ change: DocumentChange, in text: inout [UInt8]) -> Bool {
        guard let value = change.value, (try? YAMLReader.root(text)) == .some(nil), var edit = YAMLEdit(text) else {
            return false
        }
        var whole = DocumentTable()
        whole[change.path[...]] = value
        edit.lines += YAMLWriter.text(of: whole).dropLast().split(separator: "\n").map { Array($0.unicodeScalars) }
        text = edit.text
        return true
    }

    // Where other characters break lines, or none is seen, the parser and this count differently.
    private init?(_ text: [UInt8]) {
        guard let string = String(validating: text, as: UTF8.self) else { return nil }
        let strange: [Unicode.Scalar] = ["\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]
        guard !string.unicodeScalars.contains(where: strange.contains) else { return nil }
        lines = string.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
    }

    private var text: [UInt8] {
        var string = String.UnicodeScalarView()
        for line in lines {
            string.append(contentsOf: line)
            string.append("\n")
        }
        return Array(String(string).utf8)
    }

    private mutating func make(_ change: DocumentChange, in root: Node.Mapping) -> Bool {
        var (mapping, end) = (root, lines.count)
        for name in change.path.dropLast() {
            guard let found = entry(name, in: mapping, endingAt: end), case .mapping(let inner) = found.value else {
                return false
            }
            (mapping, end) = (inner, found.lines.upperBound)
        }
        guard let name = change.path.last, let first = mapping.first?.key.mark, !isFlow(mapping) else { return false }
        let indent = first.column - 1
        guard let found = entry(name, in: mapping, endingAt: end) else {
            guard let value = change.value else { return false }
            insert(YAMLWriter.entry(name, value, indent: indent), at: trimmed(first.line - 1..<end).upperBound)
            return true
        }
        let own = trimmed(found.lines)
        guard let value = change.value else {
            lines.removeSubrange(own)
            return true
        }
        if own.count == 1, let range = rangeOfValue(found.value, inLine: own.lowerBound), value.isSingle {
            lines[own.lowerBound].replaceSubrange(range, with: YAMLWriter.inline(value).unicodeScalars)
        } else {
            lines.removeSubrange(own)
            insert(YAMLWriter.entry(name, value, indent: indent), at: own.lowerBound)
        }
        return true
    }

    private mutating func insert(_ new: [String], at line: Int) {
        lines.insert(contentsOf: new.map { Array($0.unicodeScalars) }, at: line)
    }

    /// The value of a name, and the lines from the name to the next one.
    private func entry(
        _ name: String, in mapping: Node.Mapping, endingAt end: Int
    ) -> (value: Node, lines: Range<Int>)? {
        let pairs = Array(mapping)
        for (index, pair) in pairs.enumerated() where pair.key.scalar?.string.hasSameBytes(as: name) == true {
            guard let start = pair.key.mark?.line else { return nil }
            let next = index + 1 < pairs.count ? pairs[index + 1].key.mark?.line : end + 1
            guard let next, start < next, next - 1 <= lines.count else { return nil }
            return (pair.value, start - 1..<next - 1)
        }
        return nil
    }

    // Blank lines and comments at the end belong to what follows.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound + 1, isBlankOrComment(lines[end - 1]) { end -= 1 }
        return range.lowerBound..<end
    }

    private func isBlankOrComment(_ line: Line) -> Bool {
        let first = line.first { !Self.isSpace($0) }
        return first == nil || first == "#" || line.starts(with: "...".unicodeScalars)
    }

    private func isFlow(_ mapping: Node.Mapping) -> Bool {
        guard let mark = mapping.mark, lines.indices.contains(mark.line - 1) else { return true }
        let line = lines[mark.line - 1]
        return mark.column <= line.count && line[mark.column - 1] == "{"
    }

    /// Where a single value stands in its line; nil when it is written in another way.
    private func rangeOfValue(_ node: Node, inLine number: Int) -> Range<Int>? {
        guard case .scalar(let scalar) = node, let mark = scalar.mark, mark.line - 1 == number else { return nil }
        let line = lines[number]
        let start = mark.column - 1
        guard start < line.count else { return nil }
        switch scalar.style {
        case .doubleQuoted, .singleQuoted: return rangeOfQuoted(in: line, from: start)
        case .plain where !"!&*|>'\"".unicodeScalars.contains(line[start]):
            let comment = line.indices.first { $0 > start && line[$0] == "#" && Self.isSpace(line[$0 - 1]) }
            let last = line[start..<(comment ?? line.count)].lastIndex { !Self.isSpace($0) }
            return last.map { start..<$0 + 1 }
        default: return nil
        }
    }

    private func rangeOfQuoted(in line: Line, from start: Int) -> Range<Int>? {
        let quote = line[start]
        guard quote == "\"" || quote == "'" else { return nil }
        var position = start + 1
        while position < line.count {
            if line[position] == "\\", quote == "\"" {
                position += 2
            } else if line[position] != quote {
                position += 1
            } else if quote == "'", position + 1 < line.count, line[position + 1] == quote {
                position += 2
            } else {
                return start..<position + 1
            }
        }
        return nil
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r"
    }
}

extension DocumentValue {
    // A value that fits behind its name whatever stands around it.
    fileprivate var isSingle: Bool {
        switch self {
        case .list, .table: false
        default: true
        }
    }
}
