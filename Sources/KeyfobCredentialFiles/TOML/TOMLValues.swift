extension TOMLParser {
    /// Reads a value.
    mutating func value() throws(DocumentSyntaxError) -> DocumentValue {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .string(try string())
        case UInt8(ascii: "["): .list(try nested { parser throws(DocumentSyntaxError) in try parser.list() })
        case UInt8(ascii: "{"): .table(try nested { parser throws(DocumentSyntaxError) in try parser.inlineTable() })
        default: try word()
        }
    }

    private mutating func list() throws(DocumentSyntaxError) -> [DocumentValue] {
        position += 1
        var elements: [DocumentValue] = []
        while skipToContent() {
            if skip("]") { return elements }
            elements.append(try value())
            guard skipToContent() else { break }
            if skip("]") { return elements }
            guard skip(",") else { throw error("a comma or a closing bracket is missing") }
        }
        throw error("a list does not end")
    }

    private mutating func inlineTable() throws(DocumentSyntaxError) -> DocumentTable {
        position += 1
        skipBlanks()
        let tree = TOMLTree()
        if skip("}") { return DocumentTable() }
        while true {
            let (path, value, _) = try pair()
            guard tree.insert(value, at: path) else { throw error("a name stands twice in a table") }
            skipBlanks()
            if skip("}") { return tree.document }
            guard skip(",") else { throw error("a comma or a closing brace is missing") }
        }
    }

    // True and false, numbers, dates and times: what goes on to a blank or a delimiter.
    private mutating func word() throws(DocumentSyntaxError) -> DocumentValue {
        let start = position
        skipWord()
        // A blank may stand between a date and a time.
        if position - start == 10, isTimeAfterBlank {
            position += 1
            skipWord()
        }
        let word = String(decoding: text[start..<position], as: UTF8.self)
        guard let value = TOMLWord.value(word) else {
            position = start
            throw error("this is not a value")
        }
        return value
    }

    private mutating func skipWord() {
        while let next, next > 0x20, !",]}#=".utf8.contains(next) { position += 1 }
    }

    private var isTimeAfterBlank: Bool {
        let rest = text[position...].prefix(4)
        guard rest.count == 4, rest.first == 0x20, text[position - 6] == UInt8(ascii: "-") else { return false }
        return rest.last == UInt8(ascii: ":")
    }
}

/// What a word of TOML means that is no string.
enum TOMLWord {
    static func value(_ word: String) -> DocumentValue? {
        switch word {
        case "true": .bool(true)
        case "false": .bool(false)
        case "inf", "+inf", "-inf", "nan", "+nan", "-nan": .number(word)
        default:
            if let number = number(word) {
                .number(number)
            } else if isTime(word) {
                .date(word)
            } else {
                nil
            }
        }
    }

    // Decimal, without underscores: what every reader of numbers takes.
    private static func number(_ word: String) -> String? {
        if word.hasPrefix("0x") { return whole(word, radix: 16) }
        if word.hasPrefix("0o") { return whole(word, radix: 8) }
        if word.hasPrefix("0b") { return whole(word, radix: 2) }
        var rest = word.utf8[...]
        var spelling = ""
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            if sign == UInt8(ascii: "-") { spelling = "-" }
            rest.removeFirst()
        }
        guard let digits = digits(&rest), digits == "0" || !digits.hasPrefix("0") else { return nil }
        spelling += digits
        if rest.isEmpty { return Int64(spelling).map { _ in spelling } }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard let fraction = Self.digits(&rest) else { return nil }
            spelling += "." + fraction
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            spelling += "e"
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                if sign == UInt8(ascii: "-") { spelling += "-" }
                rest.removeFirst()
            }
            guard let exponent = Self.digits(&rest) else { return nil }
            spelling += exponent
        }
        return rest.isEmpty ? spelling : nil
    }

    private static func whole(_ word: String, radix: Int) -> String? {
        let parts = word.dropFirst(2).split(separator: "_", omittingEmptySubsequences: false)
        guard
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.first != UInt8(ascii: "+") && $0.utf8.first != UInt8(ascii: "-") }
            )
        else { return nil }
        return Int64(parts.joined(), radix: radix).map { String($0) }
    }

    // Digits with single underscores between them, which are left out.
    private static func digits(_ rest: inout Substring.UTF8View) -> String? {
        let run = rest.prefix { (48...57).contains($0) || $0 == UInt8(ascii: "_") }
        let parts = run.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        rest = rest.dropFirst(run.count)
        return parts.map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    private static func isTime(_ word: String) -> Bool {
        // A time of the day is one of any day.
        let text =
            word.utf8.dropFirst(2).first == UInt8(ascii: ":") && !word.utf8.contains { $0 > 0x3A || $0 == 0x2B }
            ? "2000-01-01T" + word : word
        return !(text.count > word.count && word.utf8.contains(UInt8(ascii: "-"))) && Timestamp.time(text) != nil
    }
}
