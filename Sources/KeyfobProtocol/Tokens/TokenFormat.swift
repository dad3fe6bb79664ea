import Crypto
import FoundationEssentials

/// How one kind of opaque token looks: a prefix that tells what it is, randomness, and a checksum where there is room.
///
/// A malformed token is refused by its form alone, before any look-up.
public struct TokenFormat: Sendable, Hashable {
    /// The characters of the random part.
    public enum Alphabet: Sendable, Hashable {
        /// Letters and digits, 5.95 bits each.
        case base62
        /// Lower-case hexadecimal digits, 4 bits each.
        case hexadecimal

        var characters: [UInt8] {
            switch self {
            case .base62: Base62.alphabet
            case .hexadecimal: Array("0123456789abcdef".utf8)
            }
        }
    }

    /// What the token starts with, such as `kfr_`.
    public let prefix: String
    /// The characters of the random part.
    public let alphabet: Alphabet
    /// The number of random characters.
    public let length: Int
    /// Whether six more characters carry the CRC-32 of everything before them.
    public let hasChecksum: Bool

    /// Makes a format.
    ///
    /// - Parameters:
    ///   - prefix: What the token starts with.
    ///   - alphabet: The characters of the random part.
    ///   - length: The number of random characters; 43 of base62 or 64 hexadecimal ones carry 256 bits.
    ///   - hasChecksum: Whether six characters of checksum follow.
    public init(prefix: String, alphabet: Alphabet = .base62, length: Int = 43, hasChecksum: Bool = true) {
        self.prefix = prefix
        self.alphabet = alphabet
        self.length = length
        self.hasChecksum = hasChecksum
    }

    /// Makes a random token.
    ///
    /// - Parameters:
    ///   - kept: Characters of the alphabet that take the place of the first random ones; none by default.
    ///   - random: A cryptographic source.
    /// - Returns: The token: prefix, characters, and the checksum where the format has one.
    public func make(keeping kept: String = "", _ random: RandomBytes) -> String {
        let body = prefix + kept + random.characters(length - kept.utf8.count, from: alphabet.characters)
        return hasChecksum ? body + Self.checksum(body.utf8) : body
    }

    /// Whether text has this form, its checksum included.
    public func accepts(_ text: String) -> Bool {
        // Bytes, not characters: for Unicode, several spellings of one character are equal.
        let bytes = Array(text.utf8)
        let bodyLength = prefix.utf8.count + length
        guard bytes.count == bodyLength + (hasChecksum ? 6 : 0), bytes.starts(with: prefix.utf8) else { return false }
        let allowed = alphabet.characters
        let body = bytes[..<bodyLength]
        guard body.dropFirst(prefix.utf8.count).allSatisfy(allowed.contains) else { return false }
        return !hasChecksum || bytes[bodyLength...].elementsEqual(Self.checksum(body).utf8)
    }

    /// The SHA-256 of a token in base64url, the only form in which a server keeps it.
    ///
    /// A fast hash is enough, since 256 random bits cannot be guessed.
    public static func hash(_ token: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(token.utf8)))
    }

    private static func checksum(_ body: some Sequence<UInt8>) -> String {
        Base62.encode(CRC32.checksum(body), width: 6)
    }
}
