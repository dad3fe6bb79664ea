import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Revokes a token ([RFC 7009 section 2](https://www.rfc-editor.org/rfc/rfc7009#section-2)).
    ///
    /// A refresh token takes its whole session with it, and so does an access token that is all a session has. A JWT
    /// is put on the list of revoked ones until it expires. A personal token takes with it what it was exchanged for;
    /// of what it was exchanged for, each ends alone: the others are other programs'. An unknown token is revoked already.
    ///
    /// - Throws: ``ServerError`` with `invalid_grant` if the token is another client's.
    package func revoke(_ token: String, client: Client) async throws {
        if RefreshToken(token) != nil {
            try await revokeRefresh(token, client)
        } else if let grant = try await presentedGrant(token, ofDisabled: true)?.grant {
            guard grant.clientID == client.id else { throw Self.foreignToken }
            switch grant.source {
            case .session(let session): try await revokeAccess(grant, of: session)
            case .personalToken(let id): try await revokePersonal(id)
            }
        }
    }

    private static let foreignToken = ServerError.oauth(
        .invalidGrant, "the token was issued to another client"
    )

    private func revokeRefresh(_ token: String, _ client: Client) async throws {
        let now = now()
        try await database.write { connection in
            // The predecessor counts too: its successor may have been lost on the way to the client.
            let row = try connection.first(
                """
                SELECT id, client_id FROM sessions
                WHERE family = $1 AND (refresh_hash = $2 OR previous_hash = $2) AND state = 'active'
                """,
                [SQLValue(RefreshToken(token)?.family), .text(TokenFormat.hash(token))]
            )
            guard let row else { return }
            guard try row.text("client_id") == client.id else { throw Self.foreignToken }
            try connection.endSession(try row.text("id"), because: .revoked, at: now, random)
        }
    }

    private func revokePersonal(_ id: String) async throws {
        let now = now()
        try await database.write { try $0.revokePersonalToken(id, from: nil, at: now, random) }
    }

    private func revokeAccess(_ grant: AccessGrant, of session: String) async throws {
        let now = now()
        try await database.write { connection in
            let row = try connection.first(
                "SELECT coalesce(refresh_hash, personal_token_id) AS source FROM sessions WHERE id = $1 AND state = 'active'",
                [.text(session)]
            )
            guard let row else { return }
            // Without a refresh token or a personal token, from which more would come, the session ends with it.
            guard try row.optionalText("source") != nil else {
                return try connection.endSession(session, because: .revoked, at: now, random)
            }
            try connection.execute("DELETE FROM access_tokens WHERE id = $1", [.text(grant.tokenID)])
            if let expiry = grant.expiresAt {
                try connection.execute(
                    "INSERT INTO revoked_tokens (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                    [.text(grant.tokenID), SQLValue(expiry)]
                )
            }
            let event = AuditEvent(
                .tokenRevoked, account: grant.account.id, client: grant.clientID, session: session
            )
            try connection.record(event, at: now, random)
        }
    }
}
