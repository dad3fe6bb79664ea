import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// A new token's secret on its way from the form that made it to the page that shows it.
///
/// It is sealed under a key derived from the viewer's own secret, of which the database has the hash only, and it is
/// taken once: who reloads the page, or copies the database, does not see it.
extension AuthorizationServer {
    /// Keeps a secret until it is shown.
    ///
    /// - Parameters:
    ///   - secret: The token's secret.
    ///   - token: The token.
    ///   - viewer: A secret of whoever will see it, such as the cookie of a sign-in.
    /// - Throws: `SQLError`.
    package func keepUnseen(_ secret: String, of token: PersonalToken, for viewer: String) async throws {
        let now = now()
        let sealed = try Sealed.seal(Array(secret.utf8), with: Self.viewingKey(viewer), for: token.id)
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO unseen_secrets (token_id, sealed, expires_at) VALUES ($1, $2, $3)
                ON CONFLICT (token_id) DO UPDATE SET sealed = $2, expires_at = $3
                """,
                [.text(token.id), .text(sealed), SQLValue(now, plus: policy.unseenSecretLife)]
            )
        }
    }

    /// The secret of a token that was kept for a viewer, once.
    ///
    /// - Returns: The secret; `nil` if it was seen before, waited for too long, or was kept for somebody else, for
    ///   whom it still is there then.
    /// - Throws: `SQLError`.
    package func takeUnseen(_ token: String, for viewer: String) async throws -> String? {
        let now = now()
        return try await database.write { connection in
            let row = try connection.first(
                "SELECT sealed FROM unseen_secrets WHERE token_id = $1 AND expires_at > $2",
                [.text(token), SQLValue(now)]
            )
            guard let sealed = try row?.text("sealed"),
                let bytes = Sealed.open(sealed, with: Self.viewingKey(viewer), for: token)
            else { return nil }
            // Whoever deletes the row is the one who sees it.
            let taken = try connection.first(
                "DELETE FROM unseen_secrets WHERE token_id = $1 AND sealed = $2 RETURNING token_id",
                [.text(token), .text(sealed)]
            )
            return taken == nil ? nil : String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func viewingKey(_ viewer: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(viewer.utf8)), info: Data("keyfob unseen secret".utf8),
            outputByteCount: 32
        )
    }
}
