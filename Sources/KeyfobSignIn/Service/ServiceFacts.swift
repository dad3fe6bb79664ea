public import KeyfobClient
import KeyfobProtocol

/// One service, described by facts; only its address is mandatory.
public struct ServiceFacts: Sendable {
    /// Where the addresses of a service's endpoints come from, besides the paths of the facts.
    public enum Metadata: Sendable, Hashable {
        /// From nowhere else.
        case none
        /// From the metadata that the service publishes as an issuer
        /// ([RFC 8414](https://www.rfc-editor.org/rfc/rfc8414)).
        case published
        /// From the metadata of an issuer that a document of the service at this path names, with a client identifier
        /// and scopes; a service without the document has no such endpoints.
        case indirect(path: String)
    }

    /// The service's address without a final slash, unless something else names another.
    public let baseURL: String
    /// The address of the pages that requests are approved on; `nil` for the service's own.
    public let pageURL: String?
    /// Where other addresses come from; from nowhere by default.
    public let metadata: Metadata
    /// The path at which the device flow starts.
    public let deviceAuthorizationPath: String?
    /// The path at which tokens are issued.
    public let tokenPath: String?
    /// The path of RFC 7009 revocation.
    public let revocationPath: String?
    /// The path that ends a session when a refresh token is posted there as JSON.
    public let endSessionPath: String?
    /// Whether that path also ends a session that has no refresh token, by its access token; false by default.
    public let endsSessionByAccessToken: Bool
    /// The path of a resource that answers 401 to a token that is not good.
    public let checkPath: String?
    /// Where that resource says what of the token's owner: names of ``TokenDetails`` and paths into the reply.
    public let details: [String: [String]]
    /// How the device flow is spoken.
    public let wire: DeviceWire
    /// How a sign-in by request id is spoken; `nil` where there is none.
    public let request: RequestWire?
    /// How long-lived tokens are exchanged; `nil` where tokens are used as they are.
    public let exchange: TokenExchange?
    /// How requests present a token.
    public let tokenScheme: TokenScheme
    /// Whether replies may come in `{"data": …}`.
    public let unwrapsData: Bool
    /// Hosts that may show the page for the person, besides the service's own.
    public let verificationHosts: Set<String>

    /// Describes a service; what is left out, it does not have.
    public init(
        baseURL: String, pageURL: String? = nil, metadata: Metadata = .none, deviceAuthorizationPath: String? = nil,
        tokenPath: String? = nil, revocationPath: String? = nil, endSessionPath: String? = nil,
        endsSessionByAccessToken: Bool = false, checkPath: String? = nil, details: [String: [String]] = [:],
        wire: DeviceWire = .standard, request: RequestWire? = nil, exchange: TokenExchange? = nil,
        tokenScheme: TokenScheme = .bearer, unwrapsData: Bool = false, verificationHosts: Set<String> = []
    ) {
        self.baseURL = baseURL
        self.pageURL = pageURL
        self.metadata = metadata
        self.deviceAuthorizationPath = deviceAuthorizationPath
        self.tokenPath = tokenPath
        self.revocationPath = revocationPath
        self.endSessionPath = endSessionPath
        self.endsSessionByAccessToken = endsSessionByAccessToken
        self.checkPath = checkPath
        self.details = details
        self.wire = wire
        self.request = request
        self.exchange = exchange
        self.tokenScheme = tokenScheme
        self.unwrapsData = unwrapsData
        self.verificationHosts = verificationHosts
    }
}

/// Addresses that win over those of the facts.
public struct ServiceAddresses: Sendable, Hashable {
    /// The service's address.
    public let base: String?
    /// The address of its pages; where it is `nil` and the service's is not, the pages are there too.
    public let pages: String?

    /// Names addresses; none by default.
    public init(base: String? = nil, pages: String? = nil) {
        self.base = base
        self.pages = pages
    }
}
