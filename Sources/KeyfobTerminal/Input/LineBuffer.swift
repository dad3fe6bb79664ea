/// A line that is being typed or read.
struct LineBuffer {
    /// What a byte led to.
    enum Step {
        case more
        case done
        case end
    }

    let editsLine: Bool
    private var bytes: [UInt8] = []
    private var escape = Escape.none

    /// How far into a key's escape sequence the input is.
    private enum Escape {
        case none
        case begun
        case sequence
    }

    init(editsLine: Bool) {
        self.editsLine = editsLine
    }

    /// How many bytes the line has.
    var count: Int { bytes.count }

    /// The line; bytes that are no UTF-8 become `�`.
    var text: String {
        // Lines of other systems end with a carriage return, too.
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    /// Adds a byte to the line, or does what it stands for.
    mutating func take(_ byte: UInt8) -> Step {
        if byte == 0x0A { return .done }
        guard editsLine else {
            bytes.append(byte)
            return .more
        }
        if isInEscape(byte) { return .more }
        switch byte {
        case 0x0D: return .done
        case 0x04: return bytes.isEmpty ? .end : .done
        case 0x7F, 0x08: eraseCharacter()
        case 0x15: bytes.removeAll()
        case 0x17: eraseWord()
        case 0x00..<0x20: break
        default: bytes.append(byte)
        }
        return .more
    }

    // An arrow key must not become part of a password.
    private mutating func isInEscape(_ byte: UInt8) -> Bool {
        switch escape {
        case .none:
            guard byte == 0x1B else { return false }
            escape = .begun
        case .begun:
            escape = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") ? .sequence : .none
        case .sequence:
            if (0x40...0x7E).contains(byte) { escape = .none }
        }
        return true
    }

    private mutating func eraseCharacter() {
        // The bytes that continue a character go with the one that begins it.
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }

    private mutating func eraseWord() {
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        while let last = bytes.last, last != UInt8(ascii: " ") { bytes.removeLast() }
    }
}
