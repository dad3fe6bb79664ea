public import KeyfobClient
public import KeyfobCredentials
import KeyfobProtocol

/// A device flow that waits for the person.
public struct PendingDevice: Sendable {
    /// The code for the person.
    public let userCode: String
    /// The page on which it is entered.
    public let verificationURI: String
    /// The same page with the code filled in, if the server has one.
    public let verificationURIComplete: String?
    /// How long the code lives, in seconds.
    public let lifetime: Int

    private let flow: SignInFlow
    private let grant: DeviceGrant
    private let reply: DeviceAuthorizationReply

    fileprivate init(flow: SignInFlow, grant: DeviceGrant, reply: DeviceAuthorizationReply) {
        self.flow = flow
        self.grant = grant
        self.reply = reply
        userCode = reply.userCode
        verificationURI = reply.verificationURI
        verificationURIComplete = reply.verificationURIComplete
        lifetime = reply.expiresIn
    }

    /// Waits until the person has decided or the code ends.
    ///
    /// - Parameters:
    ///   - limit: The longest time to wait, if less than the code's life.
    ///   - clock: What measures and waits.
    /// - Returns: The credential, not yet stored.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/expired``,
    ///   ``ClientError/Code/timedOut``, or what the server said; `CancellationError` when the task is cancelled.
    public func finish(limit: Duration? = nil, clock: some Clock<Duration>) async throws -> Credential {
        let tokens = try await grant.tokens(
            for: reply, limit: limit, idempotencyKey: Base64URL.encode(flow.random.bytes(24)), over: flow.transport,
            clock: clock)
        return try await flow.credential(tokens, nonce: nil)
    }
}

extension SignInFlow {
    /// Starts the device flow.
    ///
    /// - Throws: ``ClientError``.
    public func startDevice() async throws(ClientError) -> PendingDevice {
        let metadata = service.metadata
        var grant = DeviceGrant(
            authorizationEndpoint: try Endpoint.address(
                metadata.deviceAuthorizationEndpoint, for: "sign-in with a device code"),
            tokenEndpoint: try Endpoint.address(metadata.tokenEndpoint, for: "tokens"),
            client: client, wire: service.facts?.wire ?? .standard, verificationHosts: verificationHosts)
        grant.deviceName = deviceName
        let reply = try await transport.perform(try grant.start(scopes))
        return PendingDevice(flow: self, grant: grant, reply: reply)
    }

    // The issuer's own host may show the page even where its endpoints are on others.
    private var verificationHosts: Set<String> {
        let issuer = WebAddress(service.metadata.issuer).map { [$0.host] } ?? []
        return (service.facts?.verificationHosts ?? []).union(issuer)
    }
}
