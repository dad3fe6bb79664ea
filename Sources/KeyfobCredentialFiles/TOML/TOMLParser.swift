/// A strict reader of TOML 1.0 texts, statement by statement, with bounds on size and depth.
struct TOMLParser {
    let text: [UInt8]
    var position = 0
    private var depth = 0

    /// Begins to read a text.
    ///
    /// - Throws: ``DocumentSyntaxError`` for a text that is too large, not UTF-8, or holds control characters.
    init(_ text: [UInt8]) throws(DocumentSyntaxError) {
        self.text = text
        guard text.count <= DocumentLimits.size else { throw error("the text is too large") }
        guard String(validating: text, as: UTF8.self) != nil else { throw DocumentSyntaxError("the text is not UTF-8") }
        // They are allowed nowhere; a carriage return only belongs to the end of a line.
        if let bad = text.indices.first(where: { isControl(at: $0) }) {
            position = bad
            throw error("a control character stands in the text")
        }
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The byte at the position; nil at the end of the text.
    var next: UInt8? { position < text.count ? text[position] : nil }

    /// Where the line of the position begins.
    var lineStart: Int { text[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0 }

    /// Whether a table's name begins here.
    var isAtHeader: Bool { next == UInt8(ascii: "[") }

    /// Makes an error that points at a place, or at the position.
    func error(_ message: String, at place: Int? = nil) -> DocumentSyntaxError {
        let end = min(place ?? position, text.count)
        let line = text[..<end].count { $0 == UInt8(ascii: "\n") } + 1
        let start = text[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return DocumentSyntaxError(message, line: line, column: end - start + 1)
    }

    /// Goes over blank lines and comments; false at the end of the text.
    mutating func skipToContent() -> Bool {
        while let next {
            if next == UInt8(ascii: "#") {
                skipComment()
            } else if Self.isSpace(next) {
                position += 1
            } else {
                return true
            }
        }
        return false
    }

    /// Reads `[a.b]` or `[[a.b]]`.
    mutating func header() throws(DocumentSyntaxError) -> (path: [String], isArray: Bool) {
        position += 1
        let isArray = skip("[")
        let path = try path()
        guard skip("]"), !isArray || skip("]") else { throw error("a closing bracket is missing") }
        return (path, isArray)
    }

    /// Reads a key, the equals sign behind it, and the value, and says where that stands.
    mutating func pair() throws(DocumentSyntaxError) -> (path: [String], value: DocumentValue, place: Range<Int>) {
        let path = try path()
        guard skip("=") else { throw error("an equals sign is missing") }
        skipBlanks()
        let start = position
        return (path, try value(), start..<position)
    }

    /// Goes over a comment and the end of the line; the position behind it.
    mutating func endOfLine() throws(DocumentSyntaxError) -> Int {
        skipBlanks()
        skipComment()
        _ = skip("\r")
        guard next == nil || skip("\n") else { throw error("there is more at the end of the line") }
        return position
    }

    /// Reads the names of a key, with points between them.
    mutating func path() throws(DocumentSyntaxError) -> [String] {
        var names: [String] = []
        repeat {
            skipBlanks()
            names.append(try name())
            skipBlanks()
        } while skip(".")
        guard names.count < DocumentLimits.depth else { throw error("the text is nested too deeply") }
        return names
    }

    /// Reads what stands one level deeper.
    mutating func nested<Content>(
        _ content: (inout TOMLParser) throws(DocumentSyntaxError) -> Content
    ) throws(DocumentSyntaxError) -> Content {
        guard depth < DocumentLimits.depth else { throw error("the text is nested too deeply") }
        depth += 1
        defer { depth -= 1 }
        return try content(&self)
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks() {
        while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { position += 1 }
    }

    private mutating func name() throws(DocumentSyntaxError) -> String {
        let start = position
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            guard !isAtLongString else { throw error("a name is a string of many lines") }
            return try string()
        }
        while let next, Self.isBare(next) { position += 1 }
        guard start < position else { throw error("a name is missing") }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func skipComment() {
        guard next == UInt8(ascii: "#") else { return }
        while let next, next != UInt8(ascii: "\n") { position += 1 }
    }

    private func isControl(at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): false
        case UInt8(ascii: "\r"): index + 1 == text.count || text[index + 1] != UInt8(ascii: "\n")
        case 0..<0x20, 0x7F: true
        default: false
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Whether a byte may stand in a name without quotes.
    static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
