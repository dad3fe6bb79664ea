import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// A reply, and when it was given.
private struct KeptReply: Codable {
    let reply: TokenReply
    /// Seconds since 1970.
    let seconds: Int
}

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
    ///   - now: The present time.
    ///   - life: For how many seconds the reply is kept.
    /// - Throws: `SQLError`.
    func keepReply(
        _ reply: TokenReply, to presented: String, key: String?, session: String, at now: Date, life: Int
    ) throws {
        guard let key else { return }
        let bytes = Array(try JSONEncoder().encode(KeptReply(reply: reply, seconds: now.seconds)))
        try execute(
            """
            INSERT INTO replies (presented_hash, key_hash, sealed, session_id, expires_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (presented_hash) DO NOTHING
            """,
            [
                .text(TokenFormat.hash(presented)), .text(TokenFormat.hash(key)),
                .text(try Sealed.seal(bytes, with: Self.sealingKey(presented), for: key)), .text(session),
                SQLValue(now, plus: life),
            ]
        )
    }

    /// The reply that was kept for the same secret and the same idempotency key; its token's life is what is left of it.
    func keptReply(to presented: String, key: String?, at now: Date) throws -> TokenReply? {
        guard let key else { return nil }
        let row = try first(
            "SELECT sealed FROM replies WHERE presented_hash = $1 AND key_hash = $2 AND expires_at > $3",
            [.text(TokenFormat.hash(presented)), .text(TokenFormat.hash(key)), SQLValue(now)]
        )
        guard let row, let bytes = Sealed.open(try row.text("sealed"), with: Self.sealingKey(presented), for: key)
        else { return nil }
        let kept = try JSONDecoder().decode(KeptReply.self, from: Data(bytes))
        var reply = kept.reply
        reply.expiresIn = reply.expiresIn.map { max(0, $0 - (now.seconds - kept.seconds)) }
        return reply
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
