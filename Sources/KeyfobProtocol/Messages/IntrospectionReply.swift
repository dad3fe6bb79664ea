/// A reply of the introspection endpoint
/// ([RFC 7662 section 2.2](https://www.rfc-editor.org/rfc/rfc7662#section-2.2)).
public struct IntrospectionReply: Sendable, Hashable, Codable {
    /// Whether the token is good now; nothing else is said of a token that is not.
    public var active: Bool
    /// What was granted.
    public var scope: Scopes?
    /// The client that the token was issued to.
    public var clientID: String?
    /// The account's name for people.
    public var username: String?
    /// `Bearer` for an access token.
    public var tokenType: String?
    /// Expiry in seconds since 1970.
    public var expiresAt: Int?
    /// Issue time in seconds since 1970.
    public var issuedAt: Int?
    /// The account's identifier.
    public var subject: String?
    /// Whom the token is for.
    public var audience: String?
    /// The issuer.
    public var issuer: String?
    /// The token's identifier.
    public var tokenID: String?

    /// Makes a reply; without arguments, that of a token which is not active.
    public init(active: Bool = false) {
        self.active = active
    }

    private enum CodingKeys: String, CodingKey {
        case active, scope, username
        case clientID = "client_id"
        case tokenType = "token_type"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case subject = "sub"
        case audience = "aud"
        case issuer = "iss"
        case tokenID = "jti"
    }
}
