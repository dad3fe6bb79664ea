import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// What became of a refresh: thrown errors would undo the revocation that a replay causes.
    private enum RefreshOutcome: Sendable {
        case minted(TokenReply)
        case refused(ServerError)
    }

    /// Redeems a refresh token for new tokens; the presented one is used up
    /// ([RFC 6749 section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6),
    /// [RFC 9700 section 4.14](https://www.rfc-editor.org/rfc/rfc9700#section-4.14)).
    ///
    /// - Parameters:
    ///   - token: The refresh token.
    ///   - client: The authenticated client.
    ///   - scope: A narrower scope for the access token; `nil` for all that was granted.
    ///   - idempotencyKey: What a repeat of this very request will carry, so that a lost reply can be had again.
    /// - Returns: New tokens of the same session.
    /// - Throws: ``ServerError`` with `invalid_grant`, `invalid_scope` or `unauthorized_client`.
    package func refresh(
        _ token: String, client: Client, scope: String? = nil, idempotencyKey: String? = nil
    ) async throws -> TokenReply {
        try client.require(.refreshToken)
        guard let presented = RefreshToken(token) else { throw Self.refreshRefusal }
        let wanted = try scope.map { text throws in
            guard let scopes = try? Scopes(parsing: text), !scopes.isEmpty else {
                throw ServerError.oauth(.invalidScope, "the scope is malformed")
            }
            return scopes
        }
        let now = now()
        let outcome = try await database.write { connection -> RefreshOutcome in
            try rotate(token, presented, client, wanted, idempotencyKey, at: now, connection)
        }
        switch outcome {
        case .minted(let reply): return reply
        case .refused(let error): throw error
        }
    }

    private static let refreshRefusal = ServerError.oauth(
        .invalidGrant, "the refresh token is unknown, expired, used, revoked, or another client's"
    )

    private func rotate(
        _ token: String, _ presented: RefreshToken, _ client: Client, _ wanted: Scopes?, _ key: String?,
        at now: Date, _ connection: any SQLConnection
    ) throws -> RefreshOutcome {
        let next = RefreshToken.next(in: presented.family, random)
        // The one statement that decides: whoever changes the row has won, and everything it depends on is live.
        let row = try connection.first(
            """
            UPDATE sessions SET previous_hash = refresh_hash, refresh_hash = $3, generation = generation + 1,
                refresh_expires_at = $6
            WHERE family = $1 AND refresh_hash = $2 AND client_id = $4 AND state = 'active'
                AND refresh_expires_at > $5
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = account_id AND a.state = 'active')
                AND EXISTS (SELECT 1 FROM clients c WHERE c.id = client_id AND c.state = 'active')
            RETURNING id, account_id, scope, signed_in_at
            """,
            [
                .text(presented.family), .text(TokenFormat.hash(token)), .text(TokenFormat.hash(next)),
                .text(client.id), SQLValue(now), SQLValue(now, plus: policy.refreshTokenLife),
            ]
        )
        guard let row, let account = try Account.find(try row.text("account_id"), connection) else {
            return try judgeRepeat(token, presented, client, key, at: now, connection)
        }
        let granted = try row.scopes("scope")
        if let wanted, !wanted.isSubset(of: granted) {
            // Thrown, so that the rotation is undone: a wrong scope costs nobody the session.
            throw ServerError.oauth(.invalidScope, "the scope is more than was granted")
        }
        let session = try row.text("id")
        let grant = ApprovedGrant(
            client: client, account: account, scopes: wanted ?? granted,
            // A refreshed ID token carries none (OpenID Connect Core section 12.2).
            nonce: nil, signedInAt: try row.date("signed_in_at"), requester: Requester(address: nil)
        )
        var reply = try mintTokens(grant, session: session, at: now, connection)
        reply.refreshToken = next
        // The presented token is a successor that was used now: its predecessor's reply is not needed any more.
        try connection.forgetReplies(of: session)
        // Of no use to anyone once its refresh token has expired unused.
        try connection.keepReply(
            reply, to: token, key: key, session: session, at: now, life: policy.refreshTokenLife
        )
        return .minted(reply)
    }

    /// The presented token is not the newest of a live session: a repeat, a replay, or nothing we know.
    private func judgeRepeat(
        _ token: String, _ presented: RefreshToken, _ client: Client, _ key: String?, at now: Date,
        _ connection: any SQLConnection
    ) throws -> RefreshOutcome {
        let refused = RefreshOutcome.refused(Self.refreshRefusal)
        let row = try connection.first(
            "SELECT id, client_id, refresh_hash, previous_hash FROM sessions WHERE family = $1 AND state = 'active'",
            [.text(presented.family)]
        )
        guard let row, try row.text("client_id") == client.id else { return refused }
        let hash = TokenFormat.hash(token)
        // The newest generation, and yet not redeemable: expired, or the account or client is disabled.
        if try row.optionalText("refresh_hash") == hash { return refused }
        if try row.optionalText("previous_hash") == hash {
            let reply = try connection.keptReply(to: token, key: key, at: now)
            return reply.map(RefreshOutcome.minted) ?? refused
        }
        let session = try row.text("id")
        try connection.record(AuditEvent(.refreshReplayed, client: client.id, session: session), at: now, random)
        try connection.endSession(session, because: .refreshReplayed, at: now, random)
        return refused
    }
}
