import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Revokes a person's own token, and with it what it was exchanged for; a revoked one stays as it is.
    ///
    /// - Parameters:
    ///   - id: The token's identifier.
    ///   - clientID: The client that it works for.
    ///   - account: Whose it is.
    ///   - requester: From where it is revoked.
    /// - Throws: ``ServerError`` with `.notFound`, the same for no such token, another account's and another client's.
    package func revokePersonalToken(
        _ id: String, client clientID: String, of account: Account, from requester: Requester
    ) async throws {
        let now = now()
        try await database.write { connection in
            let row = try connection.first(
                "SELECT id FROM personal_tokens WHERE id = $1 AND account_id = $2 AND client_id = $3",
                [.text(id), .text(account.id), .text(clientID)]
            )
            guard row != nil else { throw Self.noPersonalToken }
            try connection.revokePersonalToken(id, from: requester, at: now, random)
        }
    }

    /// Revokes anyone's token, as the operator may.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    package func revokePersonalToken(_ id: String) async throws {
        let now = now()
        try await database.write { connection in
            let row = try connection.first("SELECT id FROM personal_tokens WHERE id = $1", [.text(id)])
            guard row != nil else { throw Self.noPersonalToken }
            try connection.revokePersonalToken(id, from: Requester(address: nil), at: now, random)
        }
    }
}

extension SQLConnection {
    /// Revokes a personal token and ends its session; does nothing if it was revoked before.
    func revokePersonalToken(_ id: String, from requester: Requester?, at now: Date, _ random: RandomBytes) throws {
        let row = try first(
            """
            UPDATE personal_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL
            RETURNING account_id, client_id
            """,
            [.text(id), SQLValue(now)]
        )
        guard let row else { return }
        try endSession(ofPersonalToken: id, at: now, random)
        let event = AuditEvent(
            .personalTokenRevoked, account: try row.text("account_id"), client: try row.text("client_id"),
            address: requester?.address, detail: id
        )
        try record(event, at: now, random)
    }

    /// Ends the session that a personal token was exchanged for, if there is one; its unseen secret goes too.
    func endSession(ofPersonalToken id: String, at now: Date, _ random: RandomBytes) throws {
        try execute("DELETE FROM unseen_secrets WHERE token_id = $1", [.text(id)])
        let row = try first(
            "SELECT id FROM sessions WHERE personal_token_id = $1 AND state = 'active'", [.text(id)]
        )
        guard let row else { return }
        try endSession(try row.text("id"), because: .revoked, at: now, random)
    }
}
