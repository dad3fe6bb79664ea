import KeyfobProtocol

/// The form of projects' identifiers: a random UUID in lower case
/// ([RFC 9562 section 5.4](https://www.rfc-editor.org/rfc/rfc9562#section-5.4)).
enum ProjectIdentifier {
    private static let groups = [8, 4, 4, 4, 12]
    private static let digits = Array("0123456789abcdef".utf8)

    /// Draws an identifier.
    static func make(_ random: RandomBytes) -> String {
        var bytes = random.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var characters = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }[...]
        return groups.map { count in
            defer { characters = characters.dropFirst(count) }
            return String(decoding: characters.prefix(count), as: UTF8.self)
        }.joined(separator: "-")
    }

    /// Whether text has the form.
    static func isIdentifier(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == groups && parts.joined().allSatisfy(digits.contains)
    }
}
