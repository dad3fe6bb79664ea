import FoundationEssentials
import KeyfobProtocol

/// Our own tokens in JWS compact form ([RFC 7515 section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)).
///
/// Only tokens that this server signed are ever read, so a token's header must be, byte for byte, one that we write.
/// With that, `alg: none`, another algorithm, an unknown `crit`, an embedded key, and one kind of token shown as
/// another are all refused before anything is decoded.
struct JSONWebToken {
    /// What a token is for, its `typ`.
    enum Kind: String {
        /// An access token (RFC 9068 section 2.1).
        case access = "at+jwt"
        /// An ID token.
        case identity = "JWT"
    }

    /// Signs claims.
    static func sign(_ claims: some Encodable, as kind: Kind, with key: SigningKey) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = header(kind, key) + "." + Base64URL.encode(try encoder.encode(claims))
        return text + "." + (try key.sign(text))
    }

    /// The claims of a token whose header and signature are ours; times are not judged here.
    static func claims<Claims: Decodable>(
        _: Claims.Type, of token: String, as kind: Kind, keys: SigningKeyRing
    ) -> Claims? {
        guard token.utf8.count <= 8192 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let key = keys.keys.values.first(where: { header(kind, $0) == parts[0] }),
            key.phase != .published, key.verify(parts[2], of: parts[0] + "." + parts[1]),
            let payload = Base64URL.decode(parts[1])
        else { return nil }
        return try? JSONDecoder().decode(Claims.self, from: Data(payload))
    }

    private static func header(_ kind: Kind, _ key: SigningKey) -> String {
        Base64URL.encode(#"{"alg":"ES256","kid":"\#(key.id)","typ":"\#(kind.rawValue)"}"#.utf8)
    }
}
