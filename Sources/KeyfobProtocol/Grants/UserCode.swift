/// The code that a person carries from the terminal to the browser
/// ([RFC 8628 section 6.1](https://www.rfc-editor.org/rfc/rfc8628#section-6.1)).
public struct UserCode: Sendable, Hashable {
    /// How a product's codes look: groups of characters with hyphens between them.
    public struct Format: Sendable, Hashable {
        /// One alphabet for each group.
        public let groups: [Alphabet]
        /// Characters in each group.
        public let groupLength: Int

        /// Makes a format of equal groups.
        public init(groups: [Alphabet], groupLength: Int = 4) {
            self.groups = groups
            self.groupLength = groupLength
        }

        /// Two groups of four consonants, about 34 bits: the example of RFC 8628.
        public static let letters = Format(groups: [.consonants, .consonants])
        /// Four consonants and four digits, about 30 bits; wants the guesses limited more strictly.
        public static let lettersAndDigits = Format(groups: [.consonants, .digits])

        /// What a placeholder shows, such as `ABCD-1234`.
        public var placeholder: String {
            groups.enumerated().map { index, alphabet in
                let sample = alphabet == .digits ? "123456789" : index == 0 ? "ABCDEFGH" : "EFGHJKLM"
                return String(sample.prefix(groupLength))
            }.joined(separator: "-")
        }
    }

    /// The characters of one group.
    public enum Alphabet: String, Sendable, Hashable {
        /// Twenty consonants: no vowels, so no words, and nothing that looks like a digit.
        case consonants = "BCDFGHJKLMNPQRSTVWXZ"
        /// Ten digits.
        case digits = "0123456789"
    }

    /// The code as it is compared: capital letters and digits without separators.
    public let normalized: String

    /// Makes a random code.
    public init(_ format: Format = .letters, random: RandomBytes) {
        normalized = format.groups
            .map { random.characters(format.groupLength, from: Array($0.rawValue.utf8)) }
            .joined()
    }

    /// Reads what a person typed: any case, with or without hyphens and spaces; `nil` if it can't be a code.
    public init?(typed text: some StringProtocol) {
        guard text.utf8.count <= 64 else { return nil }
        var characters = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": characters += scalar.properties.uppercaseMapping
            // Hyphens and spaces in all the forms in which keyboards and copied text have them.
            case "-", " ", "\t", "_", "\u{A0}", "\u{2010}"..."\u{2015}": continue
            default: return nil
            }
        }
        guard (4...32).contains(characters.utf8.count) else { return nil }
        normalized = characters
    }

    /// The code as people see it: groups of four with hyphens between them.
    public var display: String {
        stride(from: 0, to: normalized.count, by: 4)
            .map { String(normalized.dropFirst($0).prefix(4)) }
            .joined(separator: "-")
    }
}
