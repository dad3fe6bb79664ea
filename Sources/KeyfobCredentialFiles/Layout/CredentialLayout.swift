/// Where in a JSON file a credential lives, and how its parts are called: a product's file format, as facts.
///
/// What a layout does not name is never touched.
public struct CredentialLayout: Sendable, Equatable {
    /// Which object of the document holds a credential.
    public enum Container: Sendable, Equatable {
        /// The file keeps one credential, in the object at `path` (`[]` is the document itself); `name` is its key.
        case one(name: String, path: [String])
        /// The file keeps many credentials, each in the member of the object at `path` that is called like its key.
        case many(path: [String])
    }

    /// How the parts of a credential are called in a file; nil is a part that the file does not keep.
    public struct Names: Sendable, Equatable {
        /// The member that holds the access token.
        public var accessToken: String
        /// The member that holds the token type, written only when it is not `Bearer`.
        public var tokenType: String?
        /// The member that holds the refresh token.
        public var refreshToken: String?
        /// The member that holds the ID token.
        public var idToken: String?
        /// The member that holds the expiry.
        public var expiresAt: String?
        /// The member that holds the scopes.
        public var scope: String?
        /// The member that holds the client id.
        public var clientID: String?
        /// The member that holds the account.
        public var account: String?
        /// The member that holds the origin; a credential without one counts as pasted, which logout never revokes.
        public var origin: String?
        /// The member that holds the time of the first write.
        public var createdAt: String?

        /// Names the parts that a file keeps.
        public init(
            accessToken: String,
            tokenType: String? = nil,
            refreshToken: String? = nil,
            idToken: String? = nil,
            expiresAt: String? = nil,
            scope: String? = nil,
            clientID: String? = nil,
            account: String? = nil,
            origin: String? = nil,
            createdAt: String? = nil
        ) {
            self.accessToken = accessToken
            self.tokenType = tokenType
            self.refreshToken = refreshToken
            self.idToken = idToken
            self.expiresAt = expiresAt
            self.scope = scope
            self.clientID = clientID
            self.account = account
            self.origin = origin
            self.createdAt = createdAt
        }
    }

    /// How a file writes times: as a number since 1970.
    public enum TimeUnit: Sendable {
        /// Whole seconds.
        case seconds
        /// Whole milliseconds.
        case milliseconds
    }

    /// How a file writes scopes.
    public enum ScopeForm: Sendable {
        /// One string, with spaces between the scopes (RFC 6749, section 3.3).
        case spaceSeparated
        /// An array of strings.
        case array
    }

    /// Which object holds a credential.
    public var container: Container
    /// How the parts are called.
    public var names: Names
    /// How times are written.
    public var timeUnit: TimeUnit
    /// How scopes are written.
    public var scopeForm: ScopeForm
    /// The member of the document that holds the key in use; nil when the file has no such pointer.
    public var current: String?
    /// How many spaces a level is indented by.
    public var indent: Int

    /// Describes a file format.
    public init(
        container: Container,
        names: Names,
        timeUnit: TimeUnit = .seconds,
        scopeForm: ScopeForm = .spaceSeparated,
        current: String? = nil,
        indent: Int = 2
    ) {
        self.container = container
        self.names = names
        self.timeUnit = timeUnit
        self.scopeForm = scopeForm
        self.current = current
        self.indent = indent
    }

    /// The format of the generic command: `{"current": KEY, "issuers": {KEY: {"access_token": …}}}`, times in seconds.
    public static let keyfob = CredentialLayout(
        container: .many(path: ["issuers"]),
        names: Names(
            accessToken: "access_token",
            tokenType: "token_type",
            refreshToken: "refresh_token",
            idToken: "id_token",
            expiresAt: "expires_at",
            scope: "scope",
            clientID: "client_id",
            account: "account",
            origin: "origin",
            createdAt: "created_at"
        ),
        current: "current"
    )
}
