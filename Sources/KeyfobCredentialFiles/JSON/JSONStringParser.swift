extension JSONParser {
    /// Reads a string (RFC 8259, section 7), the position being at its opening quote.
    mutating func string() throws(DocumentSyntaxError) -> String {
        position += 1
        let start = position
        // Most strings hold no escape and are taken as they are.
        while let next, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\"), next >= 0x20 { position += 1 }
        var text = Array(bytes[start..<position])
        while let next, next != UInt8(ascii: "\"") {
            guard next >= 0x20 else { throw error("a control character stands in a string") }
            position += 1
            if next == UInt8(ascii: "\\") { text += try escape() } else { text.append(next) }
        }
        guard next != nil else { throw error("a string does not end") }
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return string
    }

    private mutating func escape() throws(DocumentSyntaxError) -> [UInt8] {
        guard let next else { throw error("a string does not end") }
        position += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [next]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw error("an escape is not known")
        }
    }

    private mutating func scalar() throws(DocumentSyntaxError) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // Half of a surrogate pair can't be kept in a string, and dropping it would lose what the file says.
        guard UTF16.isLeadSurrogate(unit), next == UInt8(ascii: "\\") else { throw error("a surrogate stands alone") }
        position += 1
        guard next == UInt8(ascii: "u") else { throw error("a surrogate stands alone") }
        position += 1
        let trail = try codeUnit()
        guard UTF16.isTrailSurrogate(trail) else { throw error("a surrogate stands alone") }
        let code = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(trail & 0x3FF)
        guard let scalar = Unicode.Scalar(code) else { throw error("a surrogate stands alone") }
        return scalar
    }

    private mutating func codeUnit() throws(DocumentSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let next, let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
                throw error("four hexadecimal digits are missing")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
