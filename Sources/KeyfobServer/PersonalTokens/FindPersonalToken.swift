import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// An account's personal tokens, the active ones first, and the newest of each first.
    ///
    /// - Parameters:
    ///   - account: Whose tokens.
    ///   - clientID: The client that they work for; `nil` for all clients.
    /// - Returns: All active ones, and of the others as many as make two hundred.
    /// - Throws: `SQLError`.
    package func personalTokens(of account: Account, client clientID: String?) async throws -> [PersonalToken] {
        let now = now()
        return try await database.read { connection in
            try connection.execute(
                """
                SELECT id, account_id, client_id, name, start, scope, created_at, expires_at, last_used_at, revoked_at
                FROM personal_tokens WHERE account_id = $1 AND ($2 = '' OR client_id = $2)
                ORDER BY CASE WHEN revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) THEN 0 ELSE 1 END,
                    created_at DESC, id LIMIT 200
                """,
                [.text(account.id), .text(clientID ?? ""), SQLValue(now)]
            ).map(PersonalToken.init)
        }
    }

    /// One personal token of an account.
    ///
    /// - Parameters:
    ///   - id: The token's identifier.
    ///   - clientID: The client that it works for.
    ///   - account: Whose it is.
    /// - Returns: The token, in whatever state it is.
    /// - Throws: ``ServerError`` with `.notFound`, the same for no such token, another account's and another client's.
    package func personalToken(
        _ id: String, client clientID: String, of account: Account
    ) async throws -> PersonalToken {
        try await database.read { connection in
            let row = try connection.first(
                """
                SELECT id, account_id, client_id, name, start, scope, created_at, expires_at, last_used_at, revoked_at
                FROM personal_tokens WHERE id = $1 AND account_id = $2 AND client_id = $3
                """,
                [.text(id), .text(account.id), .text(clientID)]
            )
            guard let row else { throw Self.noPersonalToken }
            return try PersonalToken(row)
        }
    }

    static let noPersonalToken = ServerError(.notFound, "there is no such token")
}
