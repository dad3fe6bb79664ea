import KeyfobProtocol

/// The claims of an access token ([RFC 9068 section 2.2](https://www.rfc-editor.org/rfc/rfc9068#section-2.2)).
struct AccessTokenClaims: Codable {
    let issuer: String
    let subject: String
    let audience: String
    let clientID: String
    let expiresAt: Int
    let issuedAt: Int
    let authenticatedAt: Int
    let tokenID: String
    let scope: Scopes
    /// The session that the token belongs to; when it ends, so does the token.
    let sessionID: String

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case clientID = "client_id"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case authenticatedAt = "auth_time"
        case tokenID = "jti"
        case scope
        case sessionID = "sid"
    }
}

/// The claims of an ID token
/// ([OpenID Connect Core section 2](https://openid.net/specs/openid-connect-core-1_0.html#IDToken)).
struct IdentityClaims: Codable {
    let issuer: String
    let subject: String
    let audience: String
    let expiresAt: Int
    let issuedAt: Int
    let authenticatedAt: Int
    let nonce: String?
    /// The left half of the access token's SHA-256 (section 3.1.3.6).
    let accessTokenHash: String
    let name: String?
    let preferredUsername: String?
    let email: String?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case authenticatedAt = "auth_time"
        case nonce
        case accessTokenHash = "at_hash"
        case name
        case preferredUsername = "preferred_username"
        case email
    }
}
