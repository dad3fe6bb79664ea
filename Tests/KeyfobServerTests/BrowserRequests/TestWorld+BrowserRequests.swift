import KeyfobProtocol
import KeyfobServer

/// Ways through a browser request.
extension TestWorld {
    typealias Started = AuthorizationServer.StartedBrowserRequest

    /// A wire on which the id polls together with a verifier.
    static let challenged = BrowserRequest.Wire(challenge: PKCE.challenge(for: verifier))
    /// A wire on which a secret polls, and the person types a code.
    static let secretive = BrowserRequest.Wire(hasPollSecret: true, hasCode: true)

    /// A client that may sign people in by a link.
    func linker(
        _ id: String = "linker", policy: BrowserRequestPolicy = BrowserRequestPolicy(),
        _ change: (inout Client.Settings) -> Void = { _ in }
    ) async throws -> Client {
        try await client(id) {
            $0.browserRequests = policy
            change(&$0)
        }
    }

    func start(
        _ client: Client, _ wire: BrowserRequest.Wire = challenged, scope: String? = nil
    ) async throws -> Started {
        try await server.startBrowserRequest(client: client, scope: scope, wire: wire, from: Self.home)
    }

    /// The person's way, from the link to the decision.
    func decide(_ started: Started, approve: Bool = true, session: BrowserSession? = nil) async throws {
        let session = session ?? browser
        let claimed = try await claim(started, session: session)
        try await server.decide(claimed, approve: approve, session: session, from: Self.home)
    }

    func claim(_ started: Started, session: BrowserSession? = nil) async throws -> BrowserRequest {
        try await server.claimBrowserRequest(
            started.id, code: started.code?.display, session: session ?? browser, from: Self.home
        )
    }

    /// The poll of the program that started the request on one of the two wires above.
    func poll(
        _ started: Started, _ client: Client, key: String? = nil
    ) async throws -> BrowserRequestOutcome {
        let poll = BrowserRequestPoll(
            id: started.id, secret: started.pollSecret, verifier: started.pollSecret == nil ? Self.verifier : nil,
            idempotencyKey: key
        )
        return try await server.pollBrowserRequest(poll, client: client)
    }
}

extension BrowserRequestOutcome {
    /// The tokens of an approval.
    var reply: TokenReply? {
        guard case .approved(let reply) = self else { return nil }
        return reply
    }
}
