/// The `error` value of an OAuth error reply.
public struct OAuthErrorCode: RawRepresentable, Sendable, Hashable, Codable {
    /// The wire value.
    public let rawValue: String

    /// Makes a code of any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    // RFC 6749 sections 4.1.2.1 and 5.2
    /// The request lacks a parameter, repeats one, or is malformed.
    public static let invalidRequest = OAuthErrorCode(rawValue: "invalid_request")
    /// The client is unknown or did not authenticate.
    public static let invalidClient = OAuthErrorCode(rawValue: "invalid_client")
    /// The code or refresh token is unknown, expired, used, revoked, or another client's.
    public static let invalidGrant = OAuthErrorCode(rawValue: "invalid_grant")
    /// The client may not use this grant.
    public static let unauthorizedClient = OAuthErrorCode(rawValue: "unauthorized_client")
    /// The server does not know this grant.
    public static let unsupportedGrantType = OAuthErrorCode(rawValue: "unsupported_grant_type")
    /// The server does not know this response type.
    public static let unsupportedResponseType = OAuthErrorCode(rawValue: "unsupported_response_type")
    /// A scope is unknown, malformed, or more than was granted.
    public static let invalidScope = OAuthErrorCode(rawValue: "invalid_scope")
    /// The person said no.
    public static let accessDenied = OAuthErrorCode(rawValue: "access_denied")
    /// The server failed; reported by redirect, where a status cannot be.
    public static let serverError = OAuthErrorCode(rawValue: "server_error")
    /// The server is overloaded.
    public static let temporarilyUnavailable = OAuthErrorCode(rawValue: "temporarily_unavailable")

    // RFC 6750 section 3.1
    /// The bearer token is malformed, expired, or revoked.
    public static let invalidToken = OAuthErrorCode(rawValue: "invalid_token")
    /// The bearer token lacks a scope.
    public static let insufficientScope = OAuthErrorCode(rawValue: "insufficient_scope")

    // RFC 7009 section 2.2.1
    /// The server cannot revoke this kind of token.
    public static let unsupportedTokenType = OAuthErrorCode(rawValue: "unsupported_token_type")

    // RFC 8628 section 3.5
    /// The person has not decided yet.
    public static let authorizationPending = OAuthErrorCode(rawValue: "authorization_pending")
    /// The client polls too fast: five seconds more between polls from now on.
    public static let slowDown = OAuthErrorCode(rawValue: "slow_down")
    /// The device code's life is over.
    public static let expiredToken = OAuthErrorCode(rawValue: "expired_token")

    // OpenID Connect Core section 3.1.2.6
    /// `prompt=none` was asked for and the person would have to sign in.
    public static let loginRequired = OAuthErrorCode(rawValue: "login_required")
    /// `prompt=none` was asked for and the person would have to approve.
    public static let consentRequired = OAuthErrorCode(rawValue: "consent_required")
    /// Request objects are not supported.
    public static let requestNotSupported = OAuthErrorCode(rawValue: "request_not_supported")
    /// Request objects by reference are not supported.
    public static let requestURINotSupported = OAuthErrorCode(rawValue: "request_uri_not_supported")
}
