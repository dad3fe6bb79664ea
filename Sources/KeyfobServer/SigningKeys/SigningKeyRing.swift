import Crypto
import FoundationEssentials
import KeyfobSQL

/// All keys that tokens may be signed with, and the one that signs now.
struct SigningKeyRing: Sendable {
    private static let purpose = "signing key"

    /// The key that signs.
    let current: SigningKey
    /// Every key by its identifier, for verification.
    let keys: [String: SigningKey]

    /// The key set for verifiers, in a stable order.
    var published: [JSONWebKey] {
        keys.values.map(\.publicJWK).sorted { $0.keyID < $1.keyID }
    }

    /// Reads the keys; makes the first one, which signs at once, if there is none.
    ///
    /// - Throws: ``ServerError`` with `.brokenState` if the root key does not open them; `SQLError`.
    static func open(_ database: any SQLDatabase, rootKey: RootKey, at now: Date) async throws -> SigningKeyRing {
        let first = SigningKey(P256.Signing.PrivateKey(), phase: .signing)
        let sealed = try rootKey.seal(first.privateBytes, for: purpose)
        // One write decides which of two servers that start at the same time makes the key.
        let rows = try await database.write { connection in
            let rows = try connection.execute("SELECT id, sealed, phase FROM signing_keys")
            if !rows.isEmpty { return rows }
            return try connection.execute(
                """
                INSERT INTO signing_keys (id, sealed, phase, created_at) VALUES ($1, $2, 'signing', $3)
                RETURNING id, sealed, phase
                """,
                [.text(first.id), .text(sealed), SQLValue(now)]
            )
        }
        return try SigningKeyRing(rows.map { try key($0, rootKey) })
    }

    private init(_ keys: [SigningKey]) throws {
        guard let current = keys.first(where: { $0.phase == .signing }) else {
            throw ServerError(.brokenState, "the database has no signing key in use")
        }
        self.current = current
        self.keys = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func key(_ row: SQLRow, _ rootKey: RootKey) throws -> SigningKey {
        guard let bytes = rootKey.open(try row.text("sealed"), for: purpose),
            let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes)
        else {
            throw ServerError(
                .brokenState,
                "the root key does not open the signing keys: put back the root.key that belongs to this database"
            )
        }
        return SigningKey(key, phase: try row.state("phase", of: SigningKey.Phase.self))
    }
}

extension AuthorizationServer {
    /// The public keys with which our tokens are verified ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).
    package var publicKeys: [JSONWebKey] { signingKeys.published }
}
