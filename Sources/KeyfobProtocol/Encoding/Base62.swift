/// Letters and digits only: text that a double click selects whole and that no shell or URL has to quote.
public enum Base62 {
    /// The alphabet in ASCII order: digits, upper case, lower case.
    public static let alphabet: [UInt8] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Encodes a number with leading zeros to a fixed width.
    ///
    /// - Parameters:
    ///   - number: The number; digits beyond `width` are dropped from the left.
    ///   - width: The number of characters.
    /// - Returns: The digits, most significant first.
    public static func encode(_ number: UInt32, width: Int) -> String {
        var digits = [UInt8](repeating: alphabet[0], count: width)
        var rest = Int(number)
        for index in digits.indices.reversed() {
            digits[index] = alphabet[rest % 62]
            rest /= 62
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Whether every character is one of the alphabet.
    public static func accepts(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
    }
}
