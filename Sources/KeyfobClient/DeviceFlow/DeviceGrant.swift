public import KeyfobProtocol

/// What one poll of the device flow said.
public enum DevicePoll: Sendable, Equatable {
    /// The person approved.
    case tokens(TokenReply)
    /// The person has not decided yet.
    case pending
    /// The same, and this client polls too fast.
    case slowDown
    /// The person said no.
    case denied
    /// The code's life is over.
    case expired
}

/// Requests of the device flow ([RFC 8628](https://www.rfc-editor.org/rfc/rfc8628)).
public struct DeviceGrant: Sendable {
    /// Where a flow starts.
    public let authorizationEndpoint: WebAddress
    /// Where it is polled.
    public let tokenEndpoint: WebAddress
    /// Who asks.
    public let client: ClientIdentity
    /// How the server speaks.
    public let wire: DeviceWire
    /// Hosts besides the server's own that may show the page for the person, such as `login.example.com`.
    public let verificationHosts: Set<String>
    /// This machine's name, so that the person sees on the page which machine asks; none by default.
    ///
    /// Sent as `device_name` with the standard wire. It is no parameter of RFC 8628: servers that do not know it ignore
    /// it (RFC 6749 section 3.2).
    public var deviceName: String?

    /// Makes requests for a server and a client.
    public init(
        authorizationEndpoint: WebAddress, tokenEndpoint: WebAddress, client: ClientIdentity,
        wire: DeviceWire = .standard, verificationHosts: Set<String> = []
    ) {
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.client = client
        self.wire = wire
        self.verificationHosts = verificationHosts
    }

    /// Asks for a device code ([RFC 8628 section 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1)).
    ///
    /// The exchange throws ``ClientError/Code/foreignVerificationAddress`` if the page for the person is on a host that
    /// neither is the server's nor is listed.
    ///
    /// - Throws: ``ClientError`` if the request can't be written.
    public func start(_ scopes: Scopes) throws(ClientError) -> Exchange<DeviceAuthorizationReply> {
        let wire = wire
        let call: HTTPCall
        switch wire {
        case .standard:
            let fields = FormFields([
                ("scope", scopes.isEmpty ? nil : scopes.description), ("device_name", deviceName),
            ])
            call = .form(authorizationEndpoint, fields, as: client)
        case .json(let statuses):
            call = .json(authorizationEndpoint, body: try statuses.startBody(scopes))
        }
        return Exchange(call) { [self] reply throws(ClientError) in
            let started =
                switch wire {
                case .standard: try reply.json(DeviceAuthorizationReply.self, of: "device authorization")
                case .json(let statuses): try statuses.start(reply)
                }
            try check(started)
            return started
        }
    }

    /// Polls once ([RFC 8628 section 3.4](https://www.rfc-editor.org/rfc/rfc8628#section-3.4)).
    ///
    /// - Throws: ``ClientError`` if the request can't be written.
    public func poll(_ deviceCode: String, idempotencyKey: String? = nil) throws(ClientError) -> Exchange<DevicePoll> {
        switch wire {
        case .standard:
            let fields = FormFields([("grant_type", GrantType.deviceCode.rawValue), ("device_code", deviceCode)])
            var call = HTTPCall.form(tokenEndpoint, fields, as: client)
            call.setIdempotencyKey(idempotencyKey)
            return Exchange(call) { reply throws(ClientError) in try Self.judge(reply) }
        case .json(let statuses):
            var call = HTTPCall.json(tokenEndpoint, body: try statuses.pollBody(deviceCode))
            call.setIdempotencyKey(idempotencyKey)
            return Exchange(call) { reply throws(ClientError) in try statuses.judge(reply) }
        }
    }

    // RFC 8628 section 3.5.
    private static func judge(_ reply: HTTPReply) throws(ClientError) -> DevicePoll {
        if (400..<500).contains(reply.status), let refusal = reply.oauthError {
            switch refusal.error {
            case .authorizationPending: return .pending
            case .slowDown: return .slowDown
            case .accessDenied: return .denied
            case .expiredToken: return .expired
            default: break
            }
        }
        return .tokens(try reply.tokens())
    }

    // A page on a stranger's host is how a device flow is turned into phishing.
    private func check(_ reply: DeviceAuthorizationReply) throws(ClientError) {
        let known = Set([authorizationEndpoint.host, tokenEndpoint.host]).union(verificationHosts)
        for text in [reply.verificationURI] + [reply.verificationURIComplete].compactMap({ $0 }) {
            let shown = HTTPReply.printable(text)
            guard let address = WebAddress(text), address.isConfidential else {
                throw ClientError(
                    .unexpectedReply, "the server named a page that can't be opened safely: \(shown)",
                    hint: "this is a fault of the server; tell its operator")
            }
            guard known.contains(address.host) else {
                throw ClientError(
                    .foreignVerificationAddress,
                    "the server sends you to another host: \(address.host)",
                    hint: "do not open it unless the server's operator confirms that it is theirs")
            }
        }
        let code = reply.userCode
        guard (1...64).contains(code.utf8.count), code.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
            !reply.deviceCode.isEmpty, reply.expiresIn > 0
        else {
            throw ClientError(
                .unexpectedReply, "the device authorization is not what the standard says",
                hint: "this is a fault of the server; tell its operator")
        }
    }
}
