package import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Gives a personal token another name.
    ///
    /// - Parameters:
    ///   - id: The token's identifier.
    ///   - name: The new name, 1 to 100 characters.
    ///   - kind: The kind of its client.
    ///   - account: Whose it is.
    ///   - requester: From where it is renamed.
    /// - Throws: ``ServerError`` with `.notFound`, the same for no such token, another account's and another client's;
    ///   `.invalidInput`; `.forbidden` if the kind does not allow it.
    package func renamePersonalToken(
        _ id: String, to name: String, kind: PersonalTokenKind, of account: Account, from requester: Requester
    ) async throws {
        guard kind.canRename else { throw ServerError(.forbidden, "these tokens keep their names") }
        let name = try Self.checkedName(name, of: "a token")
        let now = now()
        try await database.write { connection in
            let row = try connection.first(
                """
                UPDATE personal_tokens SET name = $4 WHERE id = $1 AND account_id = $2 AND client_id = $3 RETURNING id
                """,
                [.text(id), .text(account.id), .text(kind.clientID), .text(name)]
            )
            guard row != nil else { throw Self.noPersonalToken }
            let event = AuditEvent(
                .personalTokenRenamed, account: account.id, client: kind.clientID, address: requester.address,
                detail: id
            )
            try connection.record(event, at: now, random)
        }
    }

    /// Gives a personal token a new secret and a new life; the old secret, and what it was exchanged for, end at once.
    ///
    /// - Parameters:
    ///   - id: The token's identifier; it stays.
    ///   - expiresAt: When the token expires now; `nil` for never.
    ///   - kind: The kind of its client.
    ///   - account: Whose it is.
    ///   - requester: From where it is asked for.
    /// - Returns: The token, and its new secret: it can't be had again.
    /// - Throws: ``ServerError`` with `.notFound`, the same for no such token, a revoked one, another account's and
    ///   another client's; `.invalidInput` for a life that the kind does not offer; `.limitReached` if the token has
    ///   expired and there are as many others as the kind allows; `.forbidden` if the kind does not allow it, or the
    ///   account or the client is disabled.
    package func regeneratePersonalToken(
        _ id: String, expiresAt: Date?, kind: PersonalTokenKind, of account: Account, from requester: Requester
    ) async throws -> (token: PersonalToken, secret: String) {
        let now = now()
        guard kind.canRegenerate else { throw ServerError(.forbidden, "these tokens keep their secrets") }
        guard kind.allows(expiry: expiresAt, at: now) else { throw Self.refusedExpiry }
        let secret = kind.format.make(random)
        let token = try await database.write { connection in
            let token = try renew(id, secret, expiresAt, kind, account, at: now, connection)
            try connection.endSession(ofPersonalToken: id, at: now, random)
            let event = AuditEvent(
                .personalTokenRegenerated, account: account.id, client: kind.clientID, address: requester.address,
                detail: id
            )
            try connection.record(event, at: now, random)
            return token
        }
        return (token, secret)
    }

    private func renew(
        _ id: String, _ secret: String, _ expiresAt: Date?, _ kind: PersonalTokenKind, _ account: Account,
        at now: Date, _ connection: any SQLConnection
    ) throws -> PersonalToken {
        let row = try connection.first(
            """
            UPDATE personal_tokens SET hash = $4, start = $5, created_at = $6, expires_at = $7, last_used_at = NULL
            WHERE id = $1 AND account_id = $2 AND client_id = $3 AND revoked_at IS NULL
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.state = 'active')
                AND EXISTS (SELECT 1 FROM clients c WHERE c.id = $3 AND c.state = 'active')
                AND (SELECT COUNT(*) FROM personal_tokens p WHERE p.account_id = $2 AND p.client_id = $3 AND p.id <> $1
                    AND p.revoked_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > $6)) < $8
            RETURNING id, account_id, client_id, name, start, scope, created_at, expires_at, last_used_at, revoked_at
            """,
            [
                .text(id), .text(account.id), .text(kind.clientID), .text(TokenFormat.hash(secret)),
                .text(String(secret.prefix(kind.shownCharacters))), SQLValue(now), SQLValue(expiresAt),
                SQLValue(kind.maximumActive),
            ]
        )
        if let row { return try PersonalToken(row) }
        let isThere = try connection.first(
            """
            SELECT 1 AS one FROM personal_tokens
            WHERE id = $1 AND account_id = $2 AND client_id = $3 AND revoked_at IS NULL
            """,
            [.text(id), .text(account.id), .text(kind.clientID)]
        )
        throw isThere == nil ? Self.noPersonalToken : try Self.refusal(kind, account, connection)
    }
}
