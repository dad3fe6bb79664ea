/// The short name of an organization or a project, as addresses and commands carry it.
///
/// It has 1 to 63 characters, of which none can be mistaken for another: lower-case ASCII letters, digits, and single
/// hyphens between them. It never looks like a project's identifier.
package struct Slug: Sendable, Hashable, CustomStringConvertible {
    /// The most characters.
    package static let longest = 63

    /// The slug's text.
    package let text: String

    /// Reads a slug; `nil` for text that has not the form.
    package init?(_ text: String) {
        // Bytes, not characters: for Unicode, several spellings of one character are equal.
        let bytes = Array(text.utf8)
        guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy({ Self.isWord($0) || $0 == Self.hyphen }),
            bytes.first != Self.hyphen, bytes.last != Self.hyphen, text.firstRange(of: "--") == nil,
            !ProjectIdentifier.isIdentifier(text)
        else { return nil }
        self.text = text
    }

    /// Makes a slug from a name for people; `nil` if no character of the name can be in one.
    package init?(naming name: String) {
        let words = name.lowercased().utf8.split { !Self.isWord($0) }
        let joined = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        // Room for a number at the end.
        let cut = joined.utf8.prefix(Self.longest - 5)
        let trimmed = String(decoding: cut.last == Self.hyphen ? cut.dropLast() : cut, as: UTF8.self)
        self.init(ProjectIdentifier.isIdentifier(trimmed) ? "p-" + trimmed : trimmed)
    }

    /// The slug's text.
    package var description: String { text }

    /// The same slug with a number at its end, such as `web-2`.
    func numbered(_ number: Int) -> Slug? {
        number == 1 ? self : Slug("\(text)-\(number)")
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
