/// What a command-line tool's sign-in is made of, as data: a new product is one value.
public struct Product: Sendable {
    /// A way to sign in.
    public enum Method: Sendable, Hashable {
        /// A browser on this machine that comes back to a loopback port (RFC 8252).
        case browser
        /// A code that is entered in a browser on any machine (RFC 8628).
        case deviceCode
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

    /// Describes a product.
    public init(
        name: String, displayName: String, affiliation: String? = nil, commandPath: String, service: Service,
        clientID: String, defaultScopes: [String], methods: [Method], place: CredentialPlace, variables: Variables,
        shownCharacters: Int = 4, wording: Wording = Wording()
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
    }

    /// The names of the environment variables that a product reads; `nil` where it reads none.
    public struct Variables: Sendable {
        /// An access token that wins over a stored one.
        public let token: String?
        /// A client secret.
        public let clientSecret: String?
        /// The address of the service, instead of the one in the facts.
        public let baseURL: String?

        /// Names the variables.
        public init(token: String?, clientSecret: String? = nil, baseURL: String? = nil) {
            self.token = token
            self.clientSecret = clientSecret
            self.baseURL = baseURL
        }
    }
}

extension Product {
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
