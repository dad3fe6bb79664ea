public import KeyfobClient
public import KeyfobProtocol

/// Where a product's servers are, and how they speak.
public enum Service: Sendable {
    /// Any server that publishes metadata; the person names its issuer.
    case discovery
    /// One service, described by facts.
    case fixed(ServiceFacts)
}

/// A service that publishes no metadata, or speaks a dialect.
public struct ServiceFacts: Sendable {
    /// The service's address without a final slash, unless the environment names another.
    public let baseURL: String
    /// The path at which the device flow starts.
    public let deviceAuthorizationPath: String
    /// The path at which it is polled.
    public let tokenPath: String
    /// The path of RFC 7009 revocation, if there is one.
    public let revocationPath: String?
    /// The path of a resource that answers 401 to a token that is not good.
    public let checkPath: String?
    /// How the device flow is spoken.
    public let wire: DeviceWire
    /// Hosts that may show the page for the person, besides the service's own.
    public let verificationHosts: Set<String>

    /// Describes a service.
    public init(
        baseURL: String, deviceAuthorizationPath: String, tokenPath: String, revocationPath: String?,
        checkPath: String?, wire: DeviceWire, verificationHosts: Set<String>
    ) {
        self.baseURL = baseURL
        self.deviceAuthorizationPath = deviceAuthorizationPath
        self.tokenPath = tokenPath
        self.revocationPath = revocationPath
        self.checkPath = checkPath
        self.wire = wire
        self.verificationHosts = verificationHosts
    }

    /// The service at an address.
    ///
    /// - Parameter address: The address from the environment; `nil` takes the one of the facts.
    /// - Returns: The service.
    /// - Throws: ``ClientError`` for an address that is not one, or is not encrypted.
    public func resolve(at address: String?) throws(ClientError) -> ResolvedService {
        let text = address ?? baseURL
        let base = try Issuer(typed: text.hasSuffix("/") ? String(text.dropLast()) : text)
        var metadata = ServerMetadata(issuer: base.text)
        metadata.deviceAuthorizationEndpoint = base.text + deviceAuthorizationPath
        metadata.tokenEndpoint = base.text + tokenPath
        metadata.revocationEndpoint = revocationPath.map { base.text + $0 }
        return ResolvedService(
            metadata: metadata, wire: wire, verificationHosts: verificationHosts,
            checkAddress: checkPath.map { base.text + $0 })
    }
}

/// A service whose addresses are known.
public struct ResolvedService: Sendable {
    /// The addresses.
    public let metadata: ServerMetadata
    /// How the device flow is spoken.
    public let wire: DeviceWire
    /// Hosts that may show the page for the person, besides the service's own.
    public let verificationHosts: Set<String>
    /// A resource that answers 401 to a token that is not good, if the facts name one.
    public let checkAddress: String?

    /// Makes a service; a standard one from its metadata alone.
    public init(
        metadata: ServerMetadata, wire: DeviceWire = .standard, verificationHosts: Set<String> = [],
        checkAddress: String? = nil
    ) {
        self.metadata = metadata
        self.wire = wire
        self.verificationHosts = verificationHosts
        self.checkAddress = checkAddress
    }

    /// Who this program is for the service.
    public func client(id: String, secret: String?) -> ClientIdentity {
        ClientIdentity(id: id, secret: secret, methods: metadata.tokenEndpointAuthMethodsSupported)
    }

    /// Whether the service has all that a way to sign in needs.
    public func offers(_ method: Product.Method) -> Bool {
        switch method {
        case .browser: metadata.authorizationEndpoint != nil && metadata.tokenEndpoint != nil
        case .deviceCode: metadata.deviceAuthorizationEndpoint != nil && metadata.tokenEndpoint != nil
        }
    }
}
