/// What a command-line tool's sign-in is made of, as data: a new product is one value.
public struct Product: Sendable {
    /// A way to sign in.
    public enum Method: Sendable, Hashable {
        /// A browser on this machine that comes back to a loopback port (RFC 8252).
        case browser
        /// A code that is entered in a browser on any machine (RFC 8628).
        case deviceCode
        /// A request that is approved on a page which its id names, and polled for.
        case request
        /// A token that was made elsewhere and is pasted here.
        case paste
    }

    /// The executable's name.
    public let name: String
    /// The product's name as people write it.
    public let displayName: String
    /// What is said of the relation to the product's maker; `nil` for the maker's own.
    public let affiliation: String?
    /// What a user types before a verb, such as `keyfob`.
    public let commandPath: String
    /// Where the servers are and how they speak.
    public let service: Service
    /// The client identifier when nobody names another.
    public let clientID: String
    /// The scopes to ask for when nobody names others.
    public let defaultScopes: [String]
    /// The ways to sign in, the preferred one first.
    public let methods: [Method]
    /// Where the credential file is.
    public let place: CredentialPlace
    /// The environment variables.
    public let variables: Variables
    /// How many characters of a token may be shown: its kind's prefix and a few more.
    public let shownCharacters: Int
    /// What the screens say.
    public let wording: Wording
    /// How a pasted token looks and where one is made; `nil` where none is taken.
    public let pasted: PastedToken?
    /// Where a browser comes back to.
    public let callback: Callback
    /// How profiles are chosen; `nil` for a product without profiles.
    public let profiles: Profiles?

    /// Describes a product.
    public init(
        name: String, displayName: String, affiliation: String? = nil, commandPath: String, service: Service,
        clientID: String, defaultScopes: [String], methods: [Method], place: CredentialPlace, variables: Variables,
        shownCharacters: Int = 4, wording: Wording = Wording(), pasted: PastedToken? = nil,
        callback: Callback = Callback(), profiles: Profiles? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.affiliation = affiliation
        self.commandPath = commandPath
        self.service = service
        self.clientID = clientID
        self.defaultScopes = defaultScopes
        self.methods = methods
        self.place = place
        self.variables = variables
        self.shownCharacters = shownCharacters
        self.wording = wording
        self.pasted = pasted
        self.callback = callback
        self.profiles = profiles
    }

    /// The names of the environment variables that a product reads; `nil` where it reads none.
    public struct Variables: Sendable {
        /// An access token that wins over a stored one.
        public let token: String?
        /// A client secret.
        public let clientSecret: String?
        /// The address of the service, instead of the one in the facts.
        public let baseURL: String?
        /// The address of the service's pages, instead of the one in the facts.
        public let pageURL: String?
        /// The name of the profile to use.
        public let profile: String?
        /// The project to work in.
        public let project: String?
        /// The organization to work for.
        public let organization: String?
        /// The variable in which other programs are given the token that the access token was exchanged for; never
        /// read.
        public let exchangedToken: String?

        /// Names the variables.
        public init(
            token: String?, clientSecret: String? = nil, baseURL: String? = nil, pageURL: String? = nil,
            profile: String? = nil, project: String? = nil, organization: String? = nil, exchangedToken: String? = nil
        ) {
            self.token = token
            self.clientSecret = clientSecret
            self.baseURL = baseURL
            self.pageURL = pageURL
            self.profile = profile
            self.project = project
            self.organization = organization
            self.exchangedToken = exchangedToken
        }
    }

    /// Where a browser comes back to on this machine.
    public struct Callback: Sendable, Hashable {
        /// The one path that is answered; `/callback` by default.
        public let path: String
        /// The ports to try, in order; 0, the default, takes any free one.
        public let ports: [Int]
        /// The longest time to wait for the browser; five minutes by default.
        public let limit: Duration

        /// Describes a callback.
        public init(path: String = "/callback", ports: [Int] = [0], limit: Duration = .seconds(300)) {
            self.path = path
            self.ports = ports
            self.limit = limit
        }
    }
}

extension Product {
    /// The ways to sign in at a service, in the order to try them.
    ///
    /// Without a browser on this machine, whatever does not need one comes first. A token is pasted because the person
    /// wishes it, or where there is no other way. A way whose start throws ``ClientError/Code/unsupported`` is not to
    /// be had after all: try the next one.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - hasBrowser: Whether a browser can be opened on this machine.
    /// - Returns: The ways; empty if there is none.
    public func ways(offeredBy service: ResolvedService, hasBrowser: Bool) -> [Method] {
        let offered = methods.filter { service.offers($0) }
        let asked = offered.filter { $0 != .paste }
        guard !asked.isEmpty, !hasBrowser else { return asked.isEmpty ? offered : asked }
        return asked.filter { $0 != .browser } + asked.filter { $0 == .browser }
    }

    /// The token that the environment gives; an empty or blank variable gives none.
    public func environmentToken(_ environment: [String: String]) -> String? {
        variables.token.flatMap { Self.value(environment[$0]) }
    }

    /// The client secret that the environment gives.
    public func environmentSecret(_ environment: [String: String]) -> String? {
        variables.clientSecret.flatMap { Self.value(environment[$0]) }
    }

    // The value with the line feed that `$(cat file)` does not leave but a secret manager may.
    static func value(_ text: String?) -> String? {
        guard let text else { return nil }
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        let start = text.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return nil }
        return String(start[...last])
    }
}
