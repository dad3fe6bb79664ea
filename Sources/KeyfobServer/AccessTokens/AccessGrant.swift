package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// What a live access token stands for.
package struct AccessGrant: Sendable, Hashable {
    /// Whose it is.
    package let account: Account
    /// Which client it was issued to.
    package let clientID: String
    /// What it allows.
    package let scopes: Scopes
    /// The session that it belongs to.
    package let sessionID: String
    /// The token's identifier.
    package let tokenID: String
    /// When it was issued.
    package let issuedAt: Date
    /// When it expires; `nil` if it lives until it is revoked.
    package let expiresAt: Date?
}

extension AuthorizationServer {
    /// What an access token stands for, if it is ours, live, and everything that it depends on is too.
    package func accessGrant(_ token: String) async throws -> AccessGrant? {
        try await accessGrant(token, ofDisabled: false)
    }

    /// The same, where `ofDisabled` says that the account and the client may be disabled: what is theirs can be
    /// revoked all the same.
    func accessGrant(_ token: String, ofDisabled: Bool) async throws -> AccessGrant? {
        if opaqueTokenFormats.contains(where: { $0.accepts(token) }) {
            return try await opaqueGrant(token, ofDisabled)
        }
        return try await signedGrant(token, ofDisabled)
    }

    private func opaqueGrant(_ token: String, _ ofDisabled: Bool) async throws -> AccessGrant? {
        let now = now()
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT a.id, a.username, a.email, a.name, a.state, a.created_at, s.client_id, s.id AS session_id,
                    t.scope, t.id AS token_id, t.created_at AS issued_at, t.expires_at
                FROM access_tokens t JOIN sessions s ON s.id = t.session_id JOIN accounts a ON a.id = s.account_id
                    JOIN clients c ON c.id = s.client_id
                WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND s.state = 'active'
                    AND ($3 = 1 OR (a.state = 'active' AND c.state = 'active'))
                """,
                [.text(TokenFormat.hash(token)), SQLValue(now), SQLValue(ofDisabled)]
            )
            guard let row else { return nil }
            return AccessGrant(
                account: try Account(row), clientID: try row.text("client_id"), scopes: try row.scopes("scope"),
                sessionID: try row.text("session_id"), tokenID: try row.text("token_id"),
                issuedAt: try row.date("issued_at"), expiresAt: try row.optionalDate("expires_at")
            )
        }
    }

    private func signedGrant(_ token: String, _ ofDisabled: Bool) async throws -> AccessGrant? {
        guard let claims = JSONWebToken.claims(AccessTokenClaims.self, of: token, as: .access, keys: signingKeys),
            claims.issuer == issuer, claims.audience == issuer, claims.expiresAt > now().seconds
        else { return nil }
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT a.id, a.username, a.email, a.name, a.state, a.created_at
                FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN clients c ON c.id = s.client_id
                WHERE s.id = $1 AND s.state = 'active'
                    AND ($3 = 1 OR (a.state = 'active' AND c.state = 'active'))
                    AND NOT EXISTS (SELECT 1 FROM revoked_tokens r WHERE r.id = $2)
                """,
                [.text(claims.sessionID), .text(claims.tokenID), SQLValue(ofDisabled)]
            )
            guard let row else { return nil }
            return AccessGrant(
                account: try Account(row), clientID: claims.clientID, scopes: claims.scope,
                sessionID: claims.sessionID, tokenID: claims.tokenID,
                issuedAt: Date(timeIntervalSince1970: Double(claims.issuedAt)),
                expiresAt: Date(timeIntervalSince1970: Double(claims.expiresAt))
            )
        }
    }
}
