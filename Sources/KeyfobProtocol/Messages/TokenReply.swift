/// A successful reply of the token endpoint
/// ([RFC 6749 section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
public struct TokenReply: Sendable, Hashable, Codable {
    /// The access token.
    public var accessToken: String
    /// `Bearer`, compared without regard to case.
    public var tokenType: String
    /// The access token's life in seconds; `nil` if the server does not say.
    public var expiresIn: Int?
    /// The refresh token, if one was issued.
    public var refreshToken: String?
    /// What was granted; `nil` means what was asked for.
    public var scope: Scopes?
    /// The ID token (OpenID Connect Core section 3.1.3.3).
    public var idToken: String?

    /// Makes a reply.
    public init(
        accessToken: String, tokenType: String = "Bearer", expiresIn: Int? = nil, refreshToken: String? = nil,
        scope: Scopes? = nil, idToken: String? = nil
    ) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
        self.scope = scope
        self.idToken = idToken
    }

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case scope
        case idToken = "id_token"
    }
}
