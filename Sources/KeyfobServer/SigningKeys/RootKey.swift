import Crypto
import FoundationEssentials
import KeyfobProtocol

/// The secret that opens what the database holds sealed; it lives beside the database, never in it.
///
/// Whoever gets a copy of the database alone can sign no token with it.
package struct RootKey: Sendable {
    /// Bytes of a key.
    package static let size = 32

    private let key: SymmetricKey

    /// Makes a key of 32 bytes; `nil` for another number.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// Seals bytes for one purpose; text sealed for another cannot be opened.
    func seal(_ bytes: [UInt8], for purpose: String) throws -> String {
        try Sealed.seal(bytes, with: key, for: purpose)
    }

    /// Opens what was sealed for that purpose.
    func open(_ text: String, for purpose: String) -> [UInt8]? {
        Sealed.open(text, with: key, for: purpose)
    }
}

/// AES-256-GCM with a purpose bound to it, as base64url text.
enum Sealed {
    static func seal(_ bytes: [UInt8], with key: SymmetricKey, for purpose: String) throws -> String {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(purpose.utf8))
        return Base64URL.encode(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
    }

    static func open(_ text: String, with key: SymmetricKey, for purpose: String) -> [UInt8]? {
        guard let bytes = Base64URL.decode(text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let opened = try? AES.GCM.open(box, using: key, authenticating: Data(purpose.utf8))
        else { return nil }
        return Array(opened)
    }
}
