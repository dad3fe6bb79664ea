package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// What a live access token stands for.
package struct AccessGrant: Sendable, Hashable {
    /// What a token exists by; when that ends, so does the token.
    package enum Source: Sendable, Hashable {
        /// A sign-in, or the exchange of a personal token: the session's identifier.
        case session(String)
        /// Itself: the personal token's identifier.
        case personalToken(String)
    }

    /// Whose it is.
    package let account: Account
    /// Which client it was issued to.
    package let clientID: String
    /// What it allows.
    package let scopes: Scopes
    /// What it exists by.
    package let source: Source
    /// The token's identifier.
    package let tokenID: String
    /// When it was issued.
    package let issuedAt: Date
    /// When it expires; `nil` if it lives until it is revoked.
    package let expiresAt: Date?
    /// The issuer that the token itself names; `nil` if it is opaque.
    package var issuer: String?
}

extension AuthorizationServer {
    /// What an access token stands for, if it is ours, live, and everything that it depends on is too.
    ///
    /// At most once a minute, the use of a personal token is written down.
    package func accessGrant(_ token: String) async throws -> AccessGrant? {
        guard let found = try await presentedGrant(token, ofDisabled: false) else { return nil }
        await note(found.use)
        return found.grant
    }

    /// The same without a note, where `ofDisabled` says that the account and the client may be disabled: what is theirs
    /// can be revoked all the same.
    func presentedGrant(_ token: String, ofDisabled: Bool) async throws -> PresentedGrant? {
        if opaqueTokenFormats.contains(where: { $0.accepts(token) }) {
            return try await opaqueGrant(token, ofDisabled)
        }
        return try await signedGrant(token, ofDisabled)
    }

    private func opaqueGrant(_ token: String, _ ofDisabled: Bool) async throws -> PresentedGrant? {
        let now = now()
        let values = [.text(TokenFormat.hash(token)), SQLValue(now), SQLValue(ofDisabled)]
        return try await database.read { connection in
            // One form may be both a session's and a personal token's; what is in one table is not in the other.
            try Self.sessionGrant(values, connection) ?? Self.personalGrant(values, connection)
        }
    }

    private static func sessionGrant(
        _ values: [SQLValue], _ connection: any SQLConnection
    ) throws -> PresentedGrant? {
        let row = try connection.first(
            """
            SELECT a.id, a.username, a.email, a.name, a.state, a.created_at, s.client_id, s.id AS session_id,
                t.scope, t.id AS token_id, t.created_at AS issued_at, t.expires_at
            FROM access_tokens t JOIN sessions s ON s.id = t.session_id JOIN accounts a ON a.id = s.account_id
                JOIN clients c ON c.id = s.client_id
            WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND s.state = 'active'
                AND ($3 = 1 OR (a.state = 'active' AND c.state = 'active'))
            """,
            values
        )
        guard let row else { return nil }
        let grant = AccessGrant(
            account: try Account(row), clientID: try row.text("client_id"), scopes: try row.scopes("scope"),
            source: .session(try row.text("session_id")), tokenID: try row.text("token_id"),
            issuedAt: try row.date("issued_at"), expiresAt: try row.optionalDate("expires_at")
        )
        return PresentedGrant(grant: grant, use: nil)
    }

    private static func personalGrant(
        _ values: [SQLValue], _ connection: any SQLConnection
    ) throws -> PresentedGrant? {
        let row = try connection.first(
            """
            SELECT a.id, a.username, a.email, a.name, a.state, a.created_at, p.client_id, p.scope, p.id AS token_id,
                p.created_at AS issued_at, p.expires_at, p.last_used_at
            FROM personal_tokens p JOIN accounts a ON a.id = p.account_id JOIN clients c ON c.id = p.client_id
            WHERE p.hash = $1 AND (p.expires_at IS NULL OR p.expires_at > $2) AND p.revoked_at IS NULL
                AND ($3 = 1 OR (a.state = 'active' AND c.state = 'active'))
            """,
            values
        )
        guard let row else { return nil }
        let id = try row.text("token_id")
        let grant = AccessGrant(
            account: try Account(row), clientID: try row.text("client_id"), scopes: try row.scopes("scope"),
            source: .personalToken(id), tokenID: id,
            issuedAt: try row.date("issued_at"), expiresAt: try row.optionalDate("expires_at")
        )
        let use = PersonalTokenUse(tokenID: id, lastUsedAt: try row.optionalDate("last_used_at"))
        return PresentedGrant(grant: grant, use: use)
    }

    private func signedGrant(_ token: String, _ ofDisabled: Bool) async throws -> PresentedGrant? {
        let now = now()
        guard let claims = JSONWebToken.claims(AccessTokenClaims.self, of: token, as: .access, keys: signingKeys),
            issuers.contains(claims.issuer), claims.audience == claims.issuer, claims.expiresAt > now.seconds
        else { return nil }
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT a.id, a.username, a.email, a.name, a.state, a.created_at, s.personal_token_id, p.last_used_at
                FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN clients c ON c.id = s.client_id
                    LEFT JOIN personal_tokens p ON p.id = s.personal_token_id AND p.revoked_at IS NULL
                        AND (p.expires_at IS NULL OR p.expires_at > $4)
                WHERE s.id = $1 AND s.state = 'active' AND (s.personal_token_id IS NULL OR p.id IS NOT NULL)
                    AND ($3 = 1 OR (a.state = 'active' AND c.state = 'active'))
                    AND NOT EXISTS (SELECT 1 FROM revoked_tokens r WHERE r.id = $2)
                """,
                [.text(claims.sessionID), .text(claims.tokenID), SQLValue(ofDisabled), SQLValue(now)]
            )
            guard let row else { return nil }
            let grant = AccessGrant(
                account: try Account(row), clientID: claims.clientID, scopes: claims.scope,
                source: .session(claims.sessionID), tokenID: claims.tokenID,
                issuedAt: Date(timeIntervalSince1970: Double(claims.issuedAt)),
                expiresAt: Date(timeIntervalSince1970: Double(claims.expiresAt)), issuer: claims.issuer
            )
            let lastUsedAt = try row.optionalDate("last_used_at")
            let use = try row.optionalText("personal_token_id").map { id in
                PersonalTokenUse(tokenID: id, lastUsedAt: lastUsedAt)
            }
            return PresentedGrant(grant: grant, use: use)
        }
    }
}

/// What a presented token stands for, and the personal token that is used by it, if any.
struct PresentedGrant: Sendable {
    let grant: AccessGrant
    let use: PersonalTokenUse?
}
