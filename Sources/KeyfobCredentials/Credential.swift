#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a sign-in left behind: the tokens, how long they live, and where they came from.
public struct Credential: Sendable, Equatable {
    /// How a credential got here, which decides what logout may do to it on the server.
    public enum Origin: String, Sendable, CaseIterable {
        /// Minted by a login of this program: logout ends it on the server.
        case login
        /// Pasted, or set by another program: logout removes it here and never revokes it, since it is other jobs' too.
        case pasted
    }

    /// A short-lived token that the access token was exchanged for, where requests carry that one.
    public struct Exchanged: Sendable, Equatable {
        /// The token that requests carry instead.
        public var token: Secret
        /// When it ends, or nil when nobody said.
        public var expiresAt: Date?

        /// Makes what an exchange yields.
        public init(token: Secret, expiresAt: Date? = nil) {
            self.token = token
            self.expiresAt = expiresAt
        }

        /// Says whether the token lives longer than `margin` seconds from `now`; 60 by default.
        public func isFresh(at now: Date, margin: TimeInterval = 60) -> Bool {
            guard let expiresAt else { return true }
            return expiresAt.timeIntervalSince(now) > margin
        }
    }

    /// The token that requests carry.
    public var accessToken: Secret
    /// How requests present the token (RFC 6749, section 7.1); `Bearer` by default.
    public var tokenType: String
    /// The token that buys the next access token (RFC 6749, section 1.5), when the server gave one.
    public var refreshToken: Secret?
    /// The OpenID Connect ID token, when the server gave one.
    public var idToken: Secret?
    /// When the access token ends, or nil when nobody said.
    public var expiresAt: Date?
    /// The scopes that were granted (RFC 6749, section 3.3), in the server's order; empty when nobody said.
    public var scopes: [String]
    /// The OAuth client that the tokens were issued to.
    public var clientID: String?
    /// Who is signed in, as people know the account (an address or a name).
    public var account: String?
    /// How the credential got here.
    public var origin: Origin
    /// When the credential was stored first.
    public var createdAt: Date?
    /// What the access token was last exchanged for; nil where it is used itself.
    public var exchanged: Exchanged?

    /// Makes a credential; everything but the access token and its origin may be unknown.
    public init(
        accessToken: Secret,
        tokenType: String = "Bearer",
        refreshToken: Secret? = nil,
        idToken: Secret? = nil,
        expiresAt: Date? = nil,
        scopes: [String] = [],
        clientID: String? = nil,
        account: String? = nil,
        origin: Origin,
        createdAt: Date? = nil,
        exchanged: Exchanged? = nil
    ) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.refreshToken = refreshToken
        self.idToken = idToken
        self.expiresAt = expiresAt
        self.scopes = scopes
        self.clientID = clientID
        self.account = account
        self.origin = origin
        self.createdAt = createdAt
        self.exchanged = exchanged
    }

    /// Says whether the access token lives longer than `margin` seconds from `now`.
    ///
    /// The margin is 60 seconds by default, so that a request that starts now does not arrive with an expired token. A
    /// credential without an expiry is fresh.
    public func isFresh(at now: Date, margin: TimeInterval = 60) -> Bool {
        guard let expiresAt else { return true }
        return expiresAt.timeIntervalSince(now) > margin
    }
}
