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

    /// Reads a reply; of several audiences the first one is kept.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        active = try container.decode(Bool.self, forKey: .active)
        scope = try container.decodeIfPresent(Scopes.self, forKey: .scope)
        clientID = try container.decodeIfPresent(String.self, forKey: .clientID)
        username = try container.decodeIfPresent(String.self, forKey: .username)
        tokenType = try container.decodeIfPresent(String.self, forKey: .tokenType)
        expiresAt = try container.decodeIfPresent(Int.self, forKey: .expiresAt)
        issuedAt = try container.decodeIfPresent(Int.self, forKey: .issuedAt)
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        let audiences = try? container.decodeIfPresent([String].self, forKey: .audience)
        audience = try audiences.map(\.first) ?? container.decodeIfPresent(String.self, forKey: .audience)
        issuer = try container.decodeIfPresent(String.self, forKey: .issuer)
        tokenID = try container.decodeIfPresent(String.self, forKey: .tokenID)
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
