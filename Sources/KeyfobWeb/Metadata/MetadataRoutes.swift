import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// What clients find out about the server ([RFC 8414](https://www.rfc-editor.org/rfc/rfc8414),
/// [OpenID Connect Discovery](https://openid.net/specs/openid-connect-discovery-1_0.html),
/// [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).
struct MetadataRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        let headers: HTTPFields = [.cacheControl: "public, max-age=300", .accessControlAllowOrigin: "*"]
        // A document that names another issuer than the host it came from is refused (RFC 8414 section 3.3).
        if site.front.isIssuer {
            let metadata = Self.metadata(issuer: site.server.issuer, pages: site.pages)
            for path in ["oauth-authorization-server", "openid-configuration"] {
                router.get(RouterPath("/.well-known/\(path)")) { _, _ in
                    try Response.json(metadata, headers: headers)
                }
            }
        }
        router.get("oauth/jwks") { [site] _, _ in
            try Response.json(
                KeySet(keys: site.server.publicKeys),
                headers: headers.merging([.contentType: "application/jwk-set+json"])
            )
        }
    }

    private struct KeySet: Encodable {
        let keys: [JSONWebKey]
    }

    private static func metadata(issuer: String, pages: String) -> ServerMetadata {
        var metadata = ServerMetadata(issuer: issuer)
        metadata.authorizationEndpoint = pages + "/authorize"
        metadata.tokenEndpoint = issuer + "/oauth/token"
        metadata.deviceAuthorizationEndpoint = issuer + "/oauth/device_authorization"
        metadata.revocationEndpoint = issuer + "/oauth/revoke"
        metadata.introspectionEndpoint = issuer + "/oauth/introspect"
        metadata.userInfoEndpoint = issuer + "/oauth/userinfo"
        metadata.jwksURI = issuer + "/oauth/jwks"
        metadata.scopesSupported = ["openid", "profile", "email", "offline_access"]
        metadata.responseTypesSupported = ["code"]
        metadata.responseModesSupported = ["query"]
        metadata.grantTypesSupported = GrantType.known.map(\.rawValue)
        metadata.tokenEndpointAuthMethodsSupported = ["none", "client_secret_basic", "client_secret_post"]
        metadata.revocationEndpointAuthMethodsSupported = ["none", "client_secret_basic", "client_secret_post"]
        metadata.introspectionEndpointAuthMethodsSupported = ["client_secret_basic", "client_secret_post"]
        metadata.codeChallengeMethodsSupported = [PKCE.method]
        metadata.authorizationResponseIssParameterSupported = true
        metadata.subjectTypesSupported = ["public"]
        metadata.idTokenSigningAlgValuesSupported = ["ES256"]
        metadata.requestURIParameterSupported = false
        metadata.claimsSupported = ["sub", "name", "preferred_username", "email"]
        return metadata
    }
}

extension HTTPFields {
    /// The fields with others in place of those of the same name.
    func merging(_ others: HTTPFields) -> HTTPFields {
        var merged = self
        for field in others { merged[field.name] = field.value }
        return merged
    }
}
