import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Tells a resource server what a token is worth
    /// ([RFC 7662 section 2](https://www.rfc-editor.org/rfc/rfc7662#section-2)).
    ///
    /// - Parameters:
    ///   - token: An access or refresh token, or any other text.
    ///   - client: Who asks; a public client could be anyone, so it is refused.
    /// - Returns: What the token stands for; that it is not active, and nothing else, for any other text.
    /// - Throws: ``ServerError`` with `invalid_client`.
    package func introspect(_ token: String, for client: Client) async throws -> IntrospectionReply {
        guard client.isConfidential else {
            throw ServerError.oauth(.invalidClient, "introspection is for clients with a secret")
        }
        if RefreshToken(token) != nil { return try await introspectRefresh(token) }
        guard let grant = try await accessGrant(token) else { return IntrospectionReply() }
        var reply = IntrospectionReply(active: true)
        reply.scope = grant.scopes
        reply.clientID = grant.clientID
        reply.username = grant.account.username
        reply.tokenType = "Bearer"
        reply.expiresAt = grant.expiresAt?.seconds
        reply.issuedAt = grant.issuedAt.seconds
        reply.subject = grant.account.id
        // A token that was issued through another of the server's hosts names that one.
        reply.audience = grant.issuer ?? issuer
        reply.issuer = grant.issuer ?? issuer
        reply.tokenID = grant.tokenID
        return reply
    }

    private func introspectRefresh(_ token: String) async throws -> IntrospectionReply {
        let now = now()
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT s.scope, s.client_id, s.account_id, s.refresh_expires_at, a.username
                FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN clients c ON c.id = s.client_id
                WHERE s.refresh_hash = $1 AND s.family = $2 AND s.state = 'active' AND a.state = 'active'
                    AND c.state = 'active' AND s.refresh_expires_at > $3
                """,
                [.text(TokenFormat.hash(token)), SQLValue(RefreshToken(token)?.family), SQLValue(now)]
            )
            guard let row else { return IntrospectionReply() }
            var reply = IntrospectionReply(active: true)
            reply.scope = try row.scopes("scope")
            reply.clientID = try row.text("client_id")
            reply.username = try row.text("username")
            reply.expiresAt = try row.date("refresh_expires_at").seconds
            reply.subject = try row.text("account_id")
            reply.issuer = issuer
            return reply
        }
    }
}
