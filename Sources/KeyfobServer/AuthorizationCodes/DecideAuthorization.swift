import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// The form of authorization codes.
    package static let authorizationCodeFormat = TokenFormat(prefix: "kfc_")

    /// Issues a code for what a person approved.
    ///
    /// - Returns: Where the browser goes now, with the code, the state and the issuer (RFC 9207).
    /// - Throws: ``ServerError`` with `.signInRequired` if the account may not be used any more.
    package func approve(
        _ request: AuthorizationRequest, session: BrowserSession, from requester: Requester
    ) async throws -> String {
        let code = Self.authorizationCodeFormat.make(random)
        let now = now()
        let issued = try await database.write { connection in
            let row = try connection.first(
                """
                INSERT INTO authorization_codes (hash, client_id, account_id, redirect_uri, scope, challenge, nonce,
                    signed_in_at, address, agent, created_at, expires_at, state)
                SELECT $1, $2, id, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'issued'
                FROM accounts WHERE id = $3 AND state = 'active' RETURNING hash
                """,
                [
                    .text(TokenFormat.hash(code)), .text(request.client.id), .text(session.account.id),
                    .text(request.redirectURI.text), .text(request.scopes.description), .text(request.challenge),
                    SQLValue(request.nonce), SQLValue(session.signedInAt), SQLValue(requester.address),
                    SQLValue(requester.agent), SQLValue(now), SQLValue(now, plus: policy.authorizationCodeLife),
                ]
            )
            guard row != nil else { return false }
            try connection.record(
                Self.event(.authorizationApproved, request, session, requester), at: now, random
            )
            return true
        }
        guard issued else { throw ServerError(.signInRequired, "the account may not be used any more") }
        return request.redirectURI.adding(FormFields([("code", code), ("state", request.state), ("iss", issuer)]))
    }

    /// Writes down that a person said no.
    ///
    /// - Returns: Where the browser goes now, with `access_denied`.
    package func deny(
        _ request: AuthorizationRequest, session: BrowserSession, from requester: Requester
    ) async throws -> String {
        let now = now()
        try await database.write { connection in
            try connection.record(Self.event(.authorizationDenied, request, session, requester), at: now, random)
        }
        return errorRedirect(
            to: request.redirectURI, state: request.state, ServerError.oauth(.accessDenied, "the request was denied")
        )
    }

    private static func event(
        _ kind: AuditEvent.Kind, _ request: AuthorizationRequest, _ session: BrowserSession, _ requester: Requester
    ) -> AuditEvent {
        AuditEvent(kind, account: session.account.id, client: request.client.id, address: requester.address)
    }
}
