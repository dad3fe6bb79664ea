public import KeyfobClient
public import KeyfobProtocol

/// A service whose addresses are known.
public struct ResolvedService: Sendable {
    /// The facts; `nil` for a service that was found by its metadata alone.
    public let facts: ServiceFacts?
    /// The address that resources are below; `nil` for a service that was found by its metadata alone.
    public let base: WebAddress?
    /// The address of the pages that requests are approved on.
    public let pages: WebAddress?
    /// The addresses of the endpoints.
    public internal(set) var metadata: ServerMetadata
    /// The client identifier that the service wants to be used; `nil` where it names none.
    public internal(set) var clientID: String?
    /// The scopes that the service wants to be asked for; `nil` where it names none.
    public internal(set) var scopes: [String]?

    /// Makes a standard service from its metadata alone.
    public init(metadata: ServerMetadata) {
        self.init(facts: nil, base: nil, pages: nil, metadata: metadata)
    }

    init(facts: ServiceFacts?, base: WebAddress?, pages: WebAddress?, metadata: ServerMetadata) {
        self.facts = facts
        self.base = base
        self.pages = pages
        self.metadata = metadata
    }

    /// Who this program is for the service.
    public func client(id: String, secret: String?) -> ClientIdentity {
        ClientIdentity(id: id, secret: secret, methods: metadata.tokenEndpointAuthMethodsSupported)
    }

    /// Whether the service has all that a way to sign in needs.
    public func offers(_ method: Product.Method) -> Bool {
        switch method {
        case .browser: metadata.authorizationEndpoint != nil && metadata.tokenEndpoint != nil && allowsCodeWithPKCE
        case .deviceCode: metadata.deviceAuthorizationEndpoint != nil && metadata.tokenEndpoint != nil
        case .request: facts?.request != nil
        case .paste: facts?.exchange != nil || canBeAsked
        }
    }

    // What a server leaves unsaid may well be so; what it says without us is not.
    private var allowsCodeWithPKCE: Bool {
        (metadata.codeChallengeMethodsSupported?.contains(PKCE.method) ?? true)
            && (metadata.responseTypesSupported?.contains("code") ?? true)
    }

    private var canBeAsked: Bool {
        facts?.checkPath != nil || metadata.userInfoEndpoint != nil || metadata.introspectionEndpoint != nil
    }
}
