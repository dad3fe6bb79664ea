import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// What a program is told when it asks.
    package struct StartedBrowserRequest: Sendable {
        /// The id, which goes into the link.
        package let id: String
        /// The secret to poll with, where the wire has one.
        package let pollSecret: String?
        /// The code for the person, where the wire has one.
        package let code: UserCode?
        /// The request's life in seconds.
        package let expiresIn: Int
    }

    /// Starts a browser request.
    ///
    /// - Parameters:
    ///   - client: The authenticated client.
    ///   - scope: What it asks for; `nil` for its default.
    ///   - wire: What the product's wire has besides the id.
    ///   - requester: From where the program asks; the approval page shows it.
    /// - Returns: What goes into the link, and what the program keeps for itself.
    /// - Throws: ``ServerError`` with `unauthorized_client`, `invalid_scope`, or `invalid_request` if the challenge is
    ///   malformed, or is missing where the id alone would poll and the client's policy asks for one.
    package func startBrowserRequest(
        client: Client, scope: String? = nil, wire: BrowserRequest.Wire, from requester: Requester
    ) async throws -> StartedBrowserRequest {
        let policy = try client.requireBrowserRequests()
        let scopes = try client.scopes(requested: scope)
        try Self.check(wire, policy)
        let started = StartedBrowserRequest(
            id: BrowserRequest.idFormat.make(random),
            pollSecret: wire.hasPollSecret ? BrowserRequest.secretFormat.make(random) : nil,
            code: wire.hasCode ? UserCode(client.settings.userCodeFormat, random: random) : nil,
            expiresIn: policy.life
        )
        let now = now()
        let throttles = startThrottles(from: requester)
        try await database.write { [window = self.policy.attemptWindow] connection in
            try Throttle.take(throttles, window: window, at: now, connection)
            try connection.execute(
                """
                INSERT INTO browser_requests (hash, secret_hash, challenge, code, client_id, scope, state, created_at,
                    expires_at, address, agent, device)
                VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10, $11)
                """,
                [
                    .text(TokenFormat.hash(started.id)), SQLValue(started.pollSecret.map(TokenFormat.hash)),
                    SQLValue(wire.challenge), SQLValue(started.code?.normalized), .text(client.id),
                    .text(scopes.description), SQLValue(now), SQLValue(now, plus: policy.life),
                    SQLValue(requester.address), SQLValue(requester.agent), SQLValue(requester.device),
                ]
            )
        }
        return started
    }

    private static func check(_ wire: BrowserRequest.Wire, _ policy: BrowserRequestPolicy) throws {
        if let challenge = wire.challenge {
            guard PKCE.isChallenge(challenge) else {
                throw ServerError.oauth(.invalidRequest, "the challenge is malformed")
            }
        } else if policy.requiresChallenge, !wire.hasPollSecret {
            throw ServerError.oauth(
                .invalidRequest, "this server wants a challenge, since whoever sees the link could poll otherwise"
            )
        }
    }
}

extension Client {
    /// The client's policy, or a refusal where the operator did not allow this flow.
    func requireBrowserRequests() throws -> BrowserRequestPolicy {
        guard let policy = settings.browserRequests else {
            throw ServerError.oauth(.unauthorizedClient, "this client may not sign people in by a link")
        }
        return policy
    }
}
