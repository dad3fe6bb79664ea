import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Makes a personal token.
    ///
    /// - Parameters:
    ///   - wish: What it shall be.
    ///   - kind: The kind of its client.
    ///   - account: Whose it will be.
    ///   - requester: From where it is made.
    /// - Returns: The token, and its secret: it can't be had again.
    /// - Throws: ``ServerError`` with `.invalidInput` for a name, scope or life that the kind does not offer,
    ///   `.limitReached` for one more than the kind allows, `.forbidden` if the account or the client is disabled.
    package func createPersonalToken(
        _ wish: PersonalTokenWish, kind: PersonalTokenKind, account: Account, from requester: Requester
    ) async throws -> (token: PersonalToken, secret: String) {
        let now = now()
        let name = try Self.checkedName(wish.name, of: "a token")
        guard kind.allows(expiry: wish.expiresAt, at: now) else { throw Self.refusedExpiry }
        let scopes = kind.offeredScopes.isEmpty ? kind.standardScopes : wish.scopes
        let secret = kind.format.make(random)
        let id = random.identifier()
        let token = try await database.write { connection in
            try Self.check(scopes, of: kind, connection)
            // The one statement that decides about the limit: of several that come at once, each counts.
            let row = try connection.first(
                """
                INSERT INTO personal_tokens (id, hash, account_id, client_id, name, start, scope, created_at, expires_at)
                SELECT $1, $2, a.id, c.id, $5, $6, $7, $8, $9 FROM accounts a CROSS JOIN clients c
                WHERE a.id = $3 AND c.id = $4 AND a.state = 'active' AND c.state = 'active'
                    AND (SELECT COUNT(*) FROM personal_tokens p WHERE p.account_id = $3 AND p.client_id = $4
                        AND p.revoked_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > $8)) < $10
                RETURNING id, account_id, client_id, name, start, scope, created_at, expires_at, last_used_at,
                    revoked_at
                """,
                [
                    .text(id), .text(TokenFormat.hash(secret)), .text(account.id), .text(kind.clientID), .text(name),
                    .text(String(secret.prefix(kind.shownCharacters))), .text(scopes.description), SQLValue(now),
                    SQLValue(wish.expiresAt), SQLValue(kind.maximumActive),
                ]
            )
            guard let row else { throw try Self.refusal(kind, account, connection) }
            try connection.record(
                AuditEvent(
                    .personalTokenAdded, account: account.id, client: kind.clientID, address: requester.address,
                    detail: id
                ), at: now, random
            )
            return try PersonalToken(row)
        }
        return (token, secret)
    }

    static let refusedExpiry = ServerError(.invalidInput, "a token cannot have this expiry: choose another one")

    /// Why a token was not made or renewed: the limit, unless the account or the client is disabled.
    static func refusal(
        _ kind: PersonalTokenKind, _ account: Account, _ connection: any SQLConnection
    ) throws -> ServerError {
        guard try Account.find(account.id, connection)?.state == .active,
            try Client.find(kind.clientID, connection)?.state == .active
        else { return ServerError(.forbidden, "the account or the client is disabled") }
        return ServerError(
            .limitReached,
            "there can be \(kind.maximumActive) active tokens at a time: revoke one that is not needed any more"
        )
    }

    private static func check(_ scopes: Scopes, of kind: PersonalTokenKind, _ connection: any SQLConnection) throws {
        guard !scopes.isEmpty else {
            throw ServerError(.invalidInput, "choose at least one scope: the token would allow nothing")
        }
        // What the operator took from the client, its tokens cannot have either.
        let allowed = try Client.find(kind.clientID, connection)?.settings.scopes ?? Scopes()
        let offered = kind.offeredScopes.isEmpty ? kind.standardScopes : kind.offeredScopes
        guard scopes.isSubset(of: offered), scopes.isSubset(of: allowed) else {
            throw ServerError(.invalidInput, "a token cannot have the scope \(scopes.subtracting(offered))")
        }
    }
}
