/// Where in a file a credential lives, and how its parts are called: a product's file format, as facts.
///
/// It is the same for JSON, TOML and YAML. What a layout does not name is never touched.
public struct CredentialLayout: Sendable, Equatable {
    /// Which table of the document holds a credential.
    public enum Container: Sendable, Equatable {
        /// The file keeps one credential, in the table at `path` (`[]` is the document itself); `name` is its key.
        case one(name: String, path: [String])
        /// The file keeps many credentials, each in the member of the table at `path` that is called like its key.
        case many(path: [String])
        /// The file keeps profiles, of which one may be the document itself.
        case profiles(Profiles)
    }

    /// Profiles: named tables in the table at `path`, and one that is the document's own top level.
    ///
    /// Signing out of a profile takes its tokens and leaves its settings.
    public struct Profiles: Sendable, Equatable {
        /// The table of the profiles.
        public var path: [String]
        /// The profile that the top level is, as long as the table of the profiles has none of this name.
        public var rootKey: String
        /// How the parts are called at the top level.
        public var rootNames: Names
        /// Other ways in which profiles are written: they are read, and an entry that is written so stays so.
        public var otherShapes: [Names]

        /// Describes profiles.
        public init(path: [String], rootKey: String, rootNames: Names, otherShapes: [Names] = []) {
            self.path = path
            self.rootKey = rootKey
            self.rootNames = rootNames
            self.otherShapes = otherShapes
        }
    }

    /// How a file writes times.
    public enum TimeForm: Sendable {
        /// Whole seconds since 1970.
        case seconds
        /// Whole milliseconds since 1970.
        case milliseconds
        /// Seconds since 1970 with a fraction, as Python's `time.time()` gives them.
        case fractionalSeconds
        /// An RFC 3339 timestamp in UTC: a date where the format has dates, else a string; both are read.
        case timestamp
    }

    /// How a file writes scopes.
    public enum ScopeForm: Sendable {
        /// One string, with spaces between the scopes (RFC 6749, section 3.3).
        case spaceSeparated
        /// A list of strings.
        case list
    }

    /// Which table holds a credential.
    public var container: Container
    /// How the parts are called, in entries that are made anew.
    public var names: Names
    /// How times are written.
    public var timeForm: TimeForm
    /// How scopes are written.
    public var scopeForm: ScopeForm
    /// The member of the document that holds the key in use; nil when the file has no such pointer.
    public var current: MemberPath?
    /// Whether an access token that is taken away leaves a null in its place, and so the file; false by default.
    public var absentIsNull: Bool
    /// How tokens begin that were made elsewhere; nil, the default, where a member of the file says it.
    ///
    /// For files without room for such a member: all other tokens in them come from a login.
    public var pastedPrefix: String?

    /// Describes a file format.
    public init(
        container: Container,
        names: Names,
        timeForm: TimeForm = .seconds,
        scopeForm: ScopeForm = .spaceSeparated,
        current: MemberPath? = nil,
        absentIsNull: Bool = false,
        pastedPrefix: String? = nil
    ) {
        self.container = container
        self.names = names
        self.timeForm = timeForm
        self.scopeForm = scopeForm
        self.current = current
        self.absentIsNull = absentIsNull
        self.pastedPrefix = pastedPrefix
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
