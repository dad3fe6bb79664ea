/// A strict reader of JSON texts (RFC 8259) with bounds on size and depth.
struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads one value and the end of the text.
    mutating func document() throws(DocumentSyntaxError) -> DocumentValue {
        guard bytes.count <= DocumentLimits.size else { throw error("the text is too large") }
        // Some editors begin a file with a byte order mark, which a reader may ignore (section 8.1).
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        if position == bytes.count { throw error("the text is empty") }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the end") }
        return value
    }

    /// The byte at the position; nil at the end of the text.
    var next: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Makes an error that points at the position.
    func error(_ message: String) -> DocumentSyntaxError {
        let before = bytes[..<position]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return DocumentSyntaxError(message, line: line, column: position - start + 1)
    }

    private mutating func value() throws(DocumentSyntaxError) -> DocumentValue {
        switch next {
        case UInt8(ascii: "{"): .table(try nested { parser throws(DocumentSyntaxError) in try parser.object() })
        case UInt8(ascii: "["): .list(try nested { parser throws(DocumentSyntaxError) in try parser.array() })
        case UInt8(ascii: "\""): .string(try string())
        case UInt8(ascii: "t"): try literal("true", .bool(true))
        case UInt8(ascii: "f"): try literal("false", .bool(false))
        case UInt8(ascii: "n"): try literal("null", .null)
        default: .number(try number())
        }
    }

    private mutating func nested<Content>(
        _ content: (inout JSONParser) throws(DocumentSyntaxError) -> Content
    ) throws(DocumentSyntaxError) -> Content {
        guard depth < DocumentLimits.depth else { throw error("the text is nested too deeply") }
        depth += 1
        position += 1
        skipSpace()
        let content = try content(&self)
        depth -= 1
        return content
    }

    private mutating func object() throws(DocumentSyntaxError) -> DocumentTable {
        var members: [DocumentTable.Member] = []
        if skip(UInt8(ascii: "}")) { return DocumentTable() }
        while true {
            guard next == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
            let name = try string()
            skipSpace()
            guard skip(UInt8(ascii: ":")) else { throw error("a colon is missing") }
            skipSpace()
            members.append(DocumentTable.Member(name, try value()))
            skipSpace()
            if skip(UInt8(ascii: "}")) { return DocumentTable(members) }
            guard skip(UInt8(ascii: ",")) else { throw error("a comma or a closing brace is missing") }
            skipSpace()
        }
    }

    private mutating func array() throws(DocumentSyntaxError) -> [DocumentValue] {
        var elements: [DocumentValue] = []
        if skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value())
            skipSpace()
            if skip(UInt8(ascii: "]")) { return elements }
            guard skip(UInt8(ascii: ",")) else { throw error("a comma or a closing bracket is missing") }
            skipSpace()
        }
    }

    private mutating func literal(_ word: StaticString, _ value: DocumentValue) throws(DocumentSyntaxError)
        -> DocumentValue
    {
        let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw error("this is not a value") }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(DocumentSyntaxError) -> String {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        // Leading zeros are not allowed (section 6).
        if !skip(UInt8(ascii: "0")) { try digits() }
        if skip(UInt8(ascii: ".")) { try digits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(DocumentSyntaxError) {
        let start = position
        while let next, next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw error("this is not a value") }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }
}
