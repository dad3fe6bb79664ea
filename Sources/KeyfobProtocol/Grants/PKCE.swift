import Crypto
import FoundationEssentials

/// Proof Key for Code Exchange, method S256 only ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)).
public enum PKCE {
    /// The only accepted `code_challenge_method`; `plain` protects nothing against who reads the request.
    public static let method = "S256"

    /// Makes a verifier of 256 random bits, 43 characters (RFC 7636 section 4.1).
    public static func verifier(_ random: RandomBytes) -> String {
        Base64URL.encode(random.bytes(32))
    }

    /// The S256 challenge of a verifier (RFC 7636 section 4.2).
    public static func challenge(for verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }

    /// Whether text has the form of a verifier: 43 to 128 unreserved characters (RFC 7636 section 4.1).
    public static func isVerifier(_ text: String) -> Bool {
        (43...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
                default: false
                }
            }
    }

    /// Whether text has the form of an S256 challenge: 43 characters of base64url.
    public static func isChallenge(_ text: String) -> Bool {
        text.utf8.count == 43 && Base64URL.decode(text)?.count == 32
    }

    /// Whether a verifier proves a challenge, compared in constant time (RFC 7636 section 4.6).
    public static func verify(_ verifier: String, against challenge: String) -> Bool {
        guard isVerifier(verifier), let expected = Base64URL.decode(challenge) else { return false }
        return SHA256.hash(data: Data(verifier.utf8)) == Data(expected)
    }
}
