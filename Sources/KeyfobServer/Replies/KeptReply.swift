import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// Replies that are kept for a repeat of the same request, in case the first one was lost on its way.
///
/// A reply is sealed under a key derived from the secret that was presented, of which the database has the hash only:
/// neither the database nor the idempotency key alone gives anyone a token.
extension SQLConnection {
    /// Keeps a reply if the request carried an idempotency key.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - presented: The code or token that was redeemed.
    ///   - key: The request's idempotency key.
    ///   - session: The session that the reply belongs to; the reply goes when it ends.
    ///   - expiry: When the reply goes; `nil` for as long as its session has no newer one.
    /// - Throws: `SQLError`.
    func keepReply(
        _ reply: TokenReply, to presented: String, key: String?, session: String, until expiry: Date?
    ) throws {
        guard let key else { return }
        let bytes = Array(try JSONEncoder().encode(reply))
        try execute(
            """
            INSERT INTO replies (presented_hash, key_hash, sealed, session_id, expires_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (presented_hash) DO NOTHING
            """,
            [
                .text(TokenFormat.hash(presented)), .text(TokenFormat.hash(key)),
                .text(try Sealed.seal(bytes, with: Self.sealingKey(presented), for: key)), .text(session),
                .integer(expiry?.milliseconds ?? .max),
            ]
        )
    }

    /// The reply that was kept for the same secret and the same idempotency key.
    func keptReply(to presented: String, key: String?, at now: Date) throws -> TokenReply? {
        guard let key else { return nil }
        let row = try first(
            "SELECT sealed FROM replies WHERE presented_hash = $1 AND key_hash = $2 AND expires_at > $3",
            [.text(TokenFormat.hash(presented)), .text(TokenFormat.hash(key)), SQLValue(now)]
        )
        guard let row, let bytes = Sealed.open(try row.text("sealed"), with: Self.sealingKey(presented), for: key)
        else { return nil }
        return try JSONDecoder().decode(TokenReply.self, from: Data(bytes))
    }

    /// Drops the replies of a session, since their successor was used.
    func forgetReplies(of session: String) throws {
        try execute("DELETE FROM replies WHERE session_id = $1", [.text(session)])
    }

    private static func sealingKey(_ presented: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(presented.utf8)), info: Data("keyfob reply".utf8),
            outputByteCount: 32
        )
    }
}
