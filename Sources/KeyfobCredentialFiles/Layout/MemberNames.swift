extension CredentialLayout {
    /// How the parts of a credential are called in a file; nil is a part that the file does not keep.
    public struct Names: Sendable, Equatable {
        /// The member that holds the access token.
        public var accessToken: MemberPath
        /// The member that holds the token type, written only when it is not `Bearer`.
        public var tokenType: MemberPath?
        /// The member that holds the refresh token.
        public var refreshToken: MemberPath?
        /// The member that holds the ID token.
        public var idToken: MemberPath?
        /// The member that holds the expiry.
        public var expiresAt: MemberPath?
        /// The member that holds the scopes.
        public var scope: MemberPath?
        /// The member that holds the client id.
        public var clientID: MemberPath?
        /// The member that holds the account.
        public var account: MemberPath?
        /// The member that holds the origin; a credential without one counts as pasted, which logout never revokes.
        public var origin: MemberPath?
        /// The member that holds the time of the first write.
        public var createdAt: MemberPath?
        /// The member that holds the token which the access token was exchanged for.
        public var exchangedToken: MemberPath?
        /// The member that holds the expiry of the exchanged token.
        public var exchangedExpiresAt: MemberPath?
        /// The member that says `keyring` when the tokens are not in the file.
        public var store: MemberPath?
        /// What else belongs to an entry and outlives its credential, such as a project: the setting and its member.
        public var settings: [String: MemberPath]

        /// Names the parts that a file keeps.
        public init(
            accessToken: MemberPath,
            tokenType: MemberPath? = nil,
            refreshToken: MemberPath? = nil,
            idToken: MemberPath? = nil,
            expiresAt: MemberPath? = nil,
            scope: MemberPath? = nil,
            clientID: MemberPath? = nil,
            account: MemberPath? = nil,
            origin: MemberPath? = nil,
            createdAt: MemberPath? = nil,
            exchangedToken: MemberPath? = nil,
            exchangedExpiresAt: MemberPath? = nil,
            store: MemberPath? = nil,
            settings: [String: MemberPath] = [:]
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
            self.exchangedToken = exchangedToken
            self.exchangedExpiresAt = exchangedExpiresAt
            self.store = store
            self.settings = settings
        }

        /// The members that hold tokens.
        var secrets: [MemberPath] {
            [accessToken, refreshToken, idToken, exchangedToken].compactMap(\.self)
        }

        /// The members that go with the credential.
        var members: [MemberPath] {
            let facts = [
                tokenType, expiresAt, scope, clientID, account, origin, createdAt, exchangedExpiresAt, store,
            ]
            return secrets + facts.compactMap(\.self)
        }
    }
}
