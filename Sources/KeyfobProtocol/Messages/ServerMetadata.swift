/// What a server says of itself ([RFC 8414 section 2](https://www.rfc-editor.org/rfc/rfc8414#section-2),
/// [OpenID Connect Discovery section 3](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata)).
///
/// Only the issuer is required here: which endpoints a flow needs is judged by the flow.
public struct ServerMetadata: Sendable, Hashable, Codable {
    /// The issuer; it must equal the one that the document was asked for.
    public var issuer: String
    /// Where the browser goes (RFC 6749 section 3.1).
    public var authorizationEndpoint: String?
    /// Where codes are redeemed (RFC 6749 section 3.2).
    public var tokenEndpoint: String?
    /// Where the device flow starts (RFC 8628 section 4).
    public var deviceAuthorizationEndpoint: String?
    /// Where tokens are revoked (RFC 7009).
    public var revocationEndpoint: String?
    /// Where tokens are looked up (RFC 7662).
    public var introspectionEndpoint: String?
    /// Who the token belongs to (OpenID Connect Core section 5.3).
    public var userInfoEndpoint: String?
    /// The public keys (RFC 7517).
    public var jwksURI: String?
    /// Scopes that a client may ask for.
    public var scopesSupported: [String]?
    /// Response types, `code` among them.
    public var responseTypesSupported: [String]?
    /// Response modes.
    public var responseModesSupported: [String]?
    /// Grant types.
    public var grantTypesSupported: [String]?
    /// Ways in which a client authenticates at the token endpoint.
    public var tokenEndpointAuthMethodsSupported: [String]?
    /// Ways in which a client authenticates at the revocation endpoint.
    public var revocationEndpointAuthMethodsSupported: [String]?
    /// Ways in which a client authenticates at the introspection endpoint.
    public var introspectionEndpointAuthMethodsSupported: [String]?
    /// PKCE methods (RFC 7636).
    public var codeChallengeMethodsSupported: [String]?
    /// Whether authorization replies carry `iss` (RFC 9207).
    public var authorizationResponseIssParameterSupported: Bool?
    /// Subject types (OpenID Connect).
    public var subjectTypesSupported: [String]?
    /// Algorithms of ID tokens (OpenID Connect).
    public var idTokenSigningAlgValuesSupported: [String]?
    /// Claims that may be had (OpenID Connect).
    public var claimsSupported: [String]?
    /// Whether requests may be passed by reference; left out, it means yes (OpenID Connect Discovery section 3).
    public var requestURIParameterSupported: Bool?

    /// Makes metadata that says nothing but the issuer.
    public init(issuer: String) {
        self.issuer = issuer
    }

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case deviceAuthorizationEndpoint = "device_authorization_endpoint"
        case revocationEndpoint = "revocation_endpoint"
        case introspectionEndpoint = "introspection_endpoint"
        case userInfoEndpoint = "userinfo_endpoint"
        case jwksURI = "jwks_uri"
        case scopesSupported = "scopes_supported"
        case responseTypesSupported = "response_types_supported"
        case responseModesSupported = "response_modes_supported"
        case grantTypesSupported = "grant_types_supported"
        case tokenEndpointAuthMethodsSupported = "token_endpoint_auth_methods_supported"
        case revocationEndpointAuthMethodsSupported = "revocation_endpoint_auth_methods_supported"
        case introspectionEndpointAuthMethodsSupported = "introspection_endpoint_auth_methods_supported"
        case codeChallengeMethodsSupported = "code_challenge_methods_supported"
        case authorizationResponseIssParameterSupported = "authorization_response_iss_parameter_supported"
        case subjectTypesSupported = "subject_types_supported"
        case idTokenSigningAlgValuesSupported = "id_token_signing_alg_values_supported"
        case claimsSupported = "claims_supported"
        case requestURIParameterSupported = "request_uri_parameter_supported"
    }
}
