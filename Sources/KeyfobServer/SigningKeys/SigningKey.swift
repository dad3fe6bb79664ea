import Crypto
import FoundationEssentials
import KeyfobProtocol

/// A key that signs tokens: ECDSA on P-256 with SHA-256, `ES256`
/// ([RFC 7518 section 3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4)).
struct SigningKey: Sendable {
    /// Where a key is in its life; each phase lasts longer than verifiers may cache the key set.
    enum Phase: String, Sendable {
        /// Verifiers can read it; it does not sign yet.
        case published
        /// It signs.
        case signing
        /// It signs no more; tokens that it signed are still good.
        case retired
    }

    /// The `kid`: the JWK thumbprint ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638)).
    let id: String
    let phase: Phase
    private let key: P256.Signing.PrivateKey

    init(_ key: P256.Signing.PrivateKey, phase: Phase) {
        self.key = key
        self.phase = phase
        let (x, y) = Self.coordinates(key.publicKey)
        let canonical = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
        id = Base64URL.encode(SHA256.hash(data: Data(canonical.utf8)))
    }

    /// The public key as a JWK.
    var publicJWK: JSONWebKey {
        let (x, y) = Self.coordinates(key.publicKey)
        return JSONWebKey(x: x, y: y, keyID: id)
    }

    /// The private key's bytes, to be sealed.
    var privateBytes: [UInt8] { Array(key.rawRepresentation) }

    /// Signs text; the signature is `r` and `s` one after the other, in base64url.
    func sign(_ text: String) throws -> String {
        Base64URL.encode(try key.signature(for: Data(text.utf8)).rawRepresentation)
    }

    /// Whether a signature of this key is good.
    func verify(_ signature: some StringProtocol, of text: some StringProtocol) -> Bool {
        guard let bytes = Base64URL.decode(signature),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes)
        else { return false }
        return key.publicKey.isValidSignature(signature, for: Data(text.utf8))
    }

    private static func coordinates(_ key: P256.Signing.PublicKey) -> (x: String, y: String) {
        let point = key.rawRepresentation
        return (Base64URL.encode(point.prefix(32)), Base64URL.encode(point.suffix(32)))
    }
}

/// A public key of the key set ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).
package struct JSONWebKey: Sendable, Hashable, Codable {
    /// `EC`.
    package let type: String
    /// `P-256`.
    package let curve: String
    /// The first coordinate in base64url.
    package let x: String
    /// The second coordinate in base64url.
    package let y: String
    /// `sig`.
    package let use: String
    /// `ES256`.
    package let algorithm: String
    /// The key's identifier.
    package let keyID: String

    init(x: String, y: String, keyID: String) {
        type = "EC"
        curve = "P-256"
        self.x = x
        self.y = y
        use = "sig"
        algorithm = "ES256"
        self.keyID = keyID
    }

    private enum CodingKeys: String, CodingKey {
        case type = "kty"
        case curve = "crv"
        case x, y, use
        case algorithm = "alg"
        case keyID = "kid"
    }
}
