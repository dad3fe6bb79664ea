import HTTPTypes
public import KeyfobProtocol

/// Requests of a sign-in by request id.
public struct RequestGrant: Sendable {
    /// The service's address.
    public let base: WebAddress
    /// Where the service's pages are.
    public let pages: WebAddress
    /// How the service speaks.
    public let wire: RequestWire
    /// Hosts that may show the page for the person, besides the service's and its pages'.
    public let verificationHosts: Set<String>
    /// This machine's name, so that the person sees on the page which machine asks; none by default.
    ///
    /// Sent as `device_name` beside a challenge; services that do not know it ignore it.
    public var deviceName: String?

    /// Makes requests for a service.
    ///
    /// - Parameters:
    ///   - base: The service's address.
    ///   - pages: Where its pages are; the same address by default.
    ///   - wire: How the service speaks.
    ///   - verificationHosts: Other hosts that may show the page for the person.
    public init(base: WebAddress, pages: WebAddress? = nil, wire: RequestWire, verificationHosts: Set<String> = []) {
        self.base = base
        self.pages = pages ?? base
        self.wire = wire
        self.verificationHosts = verificationHosts
    }

    /// Whether a challenge belongs into the start.
    public var wantsChallenge: Bool { wire.start.challengeField != nil }

    /// Starts a request.
    ///
    /// The exchange throws ``ClientError/Code/unsupported`` where the service has no such sign-in (404 or 405), and
    /// ``ClientError/Code/foreignVerificationAddress`` if the page is on a host that nobody vouched for.
    ///
    /// - Parameter challenge: The S256 challenge of a verifier that every poll will carry; `nil` sends none.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` if the request can't be written.
    public func start(challenge: String?) throws(ClientError) -> Exchange<StartedRequest> {
        var call = HTTPCall(.post, try base.appending(ResourcePath(verbatim: wire.start.path)))
        if let field = wire.start.challengeField, let challenge {
            var members = [field: challenge, field + "_method": PKCE.method]
            members["device_name"] = deviceName
            call.setJSON(try HTTPCall.encoded(members))
        }
        return Exchange(call) { [self] reply throws(ClientError) in try started(reply) }
    }

    /// Polls once.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - verifier: The verifier of the challenge that it was started with, if it was.
    ///   - idempotencyKey: A random key for all polls of this request, so that a lost reply can be had again.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` if the request can't be written.
    public func poll(
        _ request: StartedRequest, verifier: String?, idempotencyKey: String? = nil
    ) throws(ClientError) -> Exchange<DevicePoll> {
        var query = FormFields([(wire.poll.idName, request.id)])
        if let name = wire.poll.secretName, let secret = request.secret { query.append(name, secret) }
        var call = HTTPCall(.get, try base.appending(ResourcePath(verbatim: wire.poll.path).with(query)))
        if let verifier, let name = HTTPField.Name(wire.poll.verifierHeader) {
            call.request.headerFields[name] = verifier
        }
        call.setIdempotencyKey(idempotencyKey)
        return Exchange(call) { [self] reply throws(ClientError) in try judge(reply) }
    }

    /// Polls until the person has decided or the request ends.
    ///
    /// Network errors and server failures are retried, more slowly, until then.
    ///
    /// - Parameters:
    ///   - request: The request, just started.
    ///   - verifier: The verifier of its challenge, if it has one.
    ///   - limit: The longest time to wait, if less than the request's life.
    ///   - idempotencyKey: A random key for all polls.
    ///   - transport: The way to the server.
    ///   - clock: What measures and waits.
    /// - Returns: The token that the person approved.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/expired``,
    ///   ``ClientError/Code/timedOut``, or what a poll said; `CancellationError` when the task is cancelled.
    public func tokens(
        for request: StartedRequest, verifier: String?, limit: Duration? = nil, idempotencyKey: String? = nil,
        over transport: any HTTPTransport, clock: some Clock<Duration>
    ) async throws -> TokenReply {
        let polling = DevicePolling(
            interval: wire.interval, firstWait: wire.firstWait, life: request.life, limit: limit, subject: .request)
        return try await PollingLoop(polling: polling, transport: transport).run(clock: clock) {
            () throws(ClientError) in
            try poll(request, verifier: verifier, idempotencyKey: idempotencyKey)
        }
    }
}
