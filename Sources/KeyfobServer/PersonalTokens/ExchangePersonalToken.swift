import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Exchanges a personal token for a signed access token that lives some time.
    ///
    /// All exchanges of one personal token share one session. When the personal token is revoked, expires or gets a
    /// new secret, what it was exchanged for ends at once.
    ///
    /// - Parameters:
    ///   - secret: The personal token.
    ///   - client: The client that it must belong to.
    ///   - life: The access token's life in seconds; less if the personal token expires before.
    ///   - requester: From where it is exchanged.
    /// - Returns: The access token, which is always a JWT.
    /// - Throws: ``ServerError`` with `invalid_grant`, the same for any text that is no live token of this client.
    package func exchangePersonalToken(
        _ secret: String, client: Client, life: Int, from requester: Requester
    ) async throws -> TokenReply {
        guard let grant = try await accessGrant(secret), case .personalToken(let id) = grant.source,
            grant.clientID == client.id
        else { throw Self.exchangeRefusal }
        let now = now()
        let approved = ApprovedGrant(
            client: client, account: grant.account, scopes: grant.scopes, nonce: nil, signedInAt: grant.issuedAt,
            requester: requester
        )
        var session = try await exchangedSession(of: id, secret)
        if session == nil { session = try await openSession(ofPersonalToken: id, approved, secret, at: now) }
        guard let session else { throw Self.exchangeRefusal }
        let left = grant.expiresAt.map { $0.seconds - now.seconds } ?? life
        var reply = try signedToken(approved, session: session, life: min(life, left), at: now)
        reply.scope = grant.scopes
        return reply
    }

    private static let exchangeRefusal = ServerError.oauth(
        .invalidGrant, "the token is unknown, expired, revoked, or another client's"
    )

    private func exchangedSession(of token: String, _ secret: String) async throws -> String? {
        try await database.read { try Self.exchangedSession(of: token, secret, $0) }
    }

    /// The token's live session; `nil` also for a secret that is the token's no longer: a new one may have a session.
    private static func exchangedSession(
        of token: String, _ secret: String, _ connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            """
            SELECT s.id FROM sessions s JOIN personal_tokens p ON p.id = s.personal_token_id
            WHERE p.id = $1 AND p.hash = $2 AND s.state = 'active'
            """,
            [.text(token), .text(TokenFormat.hash(secret))]
        )?.text("id")
    }

    /// Opens the session of a personal token, or finds the one that somebody else has just opened; `nil` if the token
    /// ended meanwhile.
    private func openSession(
        ofPersonalToken token: String, _ grant: ApprovedGrant, _ secret: String, at now: Date
    ) async throws -> String? {
        let id = random.identifier()
        return try await database.write { connection in
            // The hash is part of the condition: a token that was revoked or renewed meanwhile opens nothing.
            let row = try connection.first(
                """
                INSERT INTO sessions (id, account_id, client_id, scope, state, signed_in_at, created_at, address,
                    agent, device, generation, personal_token_id)
                SELECT $1, p.account_id, p.client_id, p.scope, 'active', $4, $5, $6, $7, $8, 1, p.id
                FROM personal_tokens p JOIN accounts a ON a.id = p.account_id JOIN clients c ON c.id = p.client_id
                WHERE p.id = $2 AND p.hash = $3 AND p.revoked_at IS NULL
                    AND (p.expires_at IS NULL OR p.expires_at > $5) AND a.state = 'active' AND c.state = 'active'
                ON CONFLICT DO NOTHING RETURNING id
                """,
                [
                    .text(id), .text(token), .text(TokenFormat.hash(secret)), SQLValue(grant.signedInAt), SQLValue(now),
                    SQLValue(grant.requester.address), SQLValue(grant.requester.agent),
                    SQLValue(grant.requester.device),
                ]
            )
            guard row != nil else {
                return try Self.exchangedSession(of: token, secret, connection)
            }
            let event = AuditEvent(
                .sessionOpened, account: grant.account.id, client: grant.client.id, session: id,
                address: grant.requester.address, detail: token
            )
            try connection.record(event, at: now, random)
            return id
        }
    }
}
