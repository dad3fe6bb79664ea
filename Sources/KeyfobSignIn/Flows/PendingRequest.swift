import FoundationEssentials
public import KeyfobClient
public import KeyfobCredentials
import KeyfobProtocol

/// A sign-in by request id that waits for the person.
public struct PendingRequest: Sendable {
    /// The page on which the person approves.
    public var pageURL: String { request.page.text }
    /// A code that terminal and page both show, where the service has one.
    public var code: String? { request.code }
    /// How long the request lives, in seconds.
    public var lifetime: Int { request.life }

    private let flow: SignInFlow
    private let grant: RequestGrant
    private let request: StartedRequest
    private let verifier: Secret?

    fileprivate init(flow: SignInFlow, grant: RequestGrant, request: StartedRequest, verifier: Secret?) {
        self.flow = flow
        self.grant = grant
        self.request = request
        self.verifier = verifier
    }

    /// Waits until the person has decided or the request ends.
    ///
    /// - Parameters:
    ///   - limit: The longest time to wait, if less than the request's life.
    ///   - clock: What measures and waits.
    /// - Returns: The credential, not yet stored.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/expired``,
    ///   ``ClientError/Code/timedOut``, or what the server said; `CancellationError` when the task is cancelled.
    public func finish(limit: Duration? = nil, clock: some Clock<Duration>) async throws -> Credential {
        let tokens = try await grant.tokens(
            for: request, verifier: verifier?.reveal(), limit: limit,
            idempotencyKey: Base64URL.encode(flow.random.bytes(24)), over: flow.transport, clock: clock)
        var credential = try await flow.credential(tokens, nonce: nil)
        // The reply does not say how long the token lives; a token that was just issued may.
        let life = TokenClaims(tokens.accessToken)?.lifetime
        credential.expiresAt = life.map { flow.now().addingTimeInterval($0) } ?? credential.expiresAt
        return credential
    }
}

extension SignInFlow {
    /// Starts a sign-in by request id.
    ///
    /// Where the facts have a field for it, the start carries the challenge of a fresh verifier, so that whoever sees
    /// the page's address can't poll for the token.
    ///
    /// - Throws: ``ClientError``, with ``ClientError/Code/unsupported`` where the service has no such sign-in.
    public func startRequest() async throws(ClientError) -> PendingRequest {
        guard let base = service.base, let wire = service.facts?.request else {
            throw ClientError(.unsupported, "the service has no sign-in of this kind")
        }
        var grant = RequestGrant(
            base: base, pages: service.pages, wire: wire, verificationHosts: service.facts?.verificationHosts ?? [])
        grant.deviceName = deviceName
        let verifier = grant.wantsChallenge ? PKCE.verifier(random) : nil
        let request = try await transport.perform(grant.start(challenge: verifier.map { PKCE.challenge(for: $0) }))
        return PendingRequest(flow: self, grant: grant, request: request, verifier: verifier.map { Secret($0) })
    }
}
