extension TOMLParser {
    /// Whether a string of many lines begins here.
    var isAtLongString: Bool {
        guard let next, next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") else { return false }
        return text[position...].starts(with: [next, next, next])
    }

    /// Reads a string of any of the four kinds, the position being at its first quote.
    mutating func string() throws(DocumentSyntaxError) -> String {
        guard let quote = next else { throw error("a string is missing") }
        let isLong = isAtLongString
        position += isLong ? 3 : 1
        // A line feed right behind the opening quotes is not part of the string.
        if isLong, !skip("\n"), text[position...].starts(with: [0x0D, 0x0A]) { position += 2 }
        var content: [UInt8] = []
        while let byte = next {
            position += 1
            if byte == quote {
                guard isLong else { return try finished(content) }
                guard let quotes = closingQuotes(quote) else {
                    content.append(byte)
                    continue
                }
                return try finished(content + quotes)
            }
            switch byte {
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): content += try escape(isLong: isLong)
            case UInt8(ascii: "\n") where !isLong: throw error("a string does not end in its line")
            // The end of a line is a line feed, however it is spelled.
            case UInt8(ascii: "\r"): continue
            default: content.append(byte)
            }
        }
        throw error("a string does not end")
    }

    // Of up to five quotes the last three end the string; the first one of them has just been read.
    private mutating func closingQuotes(_ quote: UInt8) -> [UInt8]? {
        let count = text[position...].prefix(4).prefix { $0 == quote }.count
        guard count >= 2 else { return nil }
        position += count
        return Array(repeating: quote, count: count - 2)
    }

    private func finished(_ content: [UInt8]) throws(DocumentSyntaxError) -> String {
        guard let string = String(validating: content, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return string
    }

    private mutating func escape(isLong: Bool) throws(DocumentSyntaxError) -> [UInt8] {
        guard let byte = next else { throw error("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar(digits: 4)
        case UInt8(ascii: "U"): return try scalar(digits: 8)
        default:
            guard isLong else { throw error("an escape is not known") }
            position -= 1
            return try continuation()
        }
    }

    // A backslash at the end of a line takes all white space up to the next character away.
    private mutating func continuation() throws(DocumentSyntaxError) -> [UInt8] {
        skipBlanks()
        guard next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") else { throw error("an escape is not known") }
        while let next, next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D { position += 1 }
        return []
    }

    private mutating func scalar(digits count: Int) throws(DocumentSyntaxError) -> [UInt8] {
        let digits = text[position...].prefix(count)
        guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw error("an escape is no character") }
        position += count
        return Array(String(Character(scalar)).utf8)
    }
}
