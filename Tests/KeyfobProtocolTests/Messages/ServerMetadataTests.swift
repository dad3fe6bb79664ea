import FoundationEssentials
import KeyfobProtocol
import Testing

struct ServerMetadataTests {
    /// [RFC 8414 section 3.2](https://www.rfc-editor.org/rfc/rfc8414#section-3.2).
    private static let example = """
        {
         "issuer":
           "https://server.example.com",
         "authorization_endpoint":
           "https://server.example.com/authorize",
         "token_endpoint":
           "https://server.example.com/token",
         "token_endpoint_auth_methods_supported":
           ["client_secret_basic", "private_key_jwt"],
         "token_endpoint_auth_signing_alg_values_supported":
           ["RS256", "ES256"],
         "userinfo_endpoint":
           "https://server.example.com/userinfo",
         "jwks_uri":
           "https://server.example.com/jwks.json",
         "registration_endpoint":
           "https://server.example.com/register",
         "scopes_supported":
           ["openid", "profile", "email", "address",
            "phone", "offline_access"],
         "response_types_supported":
           ["code", "code token"],
         "service_documentation":
           "http://server.example.com/service_documentation.html",
         "ui_locales_supported":
           ["en-US", "en-GB", "en-CA", "fr-FR", "fr-CA"]
        }
        """

    @Test func `the metadata of RFC 8414 is read`() throws {
        let metadata = try JSONDecoder().decode(ServerMetadata.self, from: Data(Self.example.utf8))
        var expected = ServerMetadata(issuer: "https://server.example.com")
        expected.authorizationEndpoint = "https://server.example.com/authorize"
        expected.tokenEndpoint = "https://server.example.com/token"
        expected.tokenEndpointAuthMethodsSupported = ["client_secret_basic", "private_key_jwt"]
        expected.userInfoEndpoint = "https://server.example.com/userinfo"
        expected.jwksURI = "https://server.example.com/jwks.json"
        expected.scopesSupported = ["openid", "profile", "email", "address", "phone", "offline_access"]
        expected.responseTypesSupported = ["code", "code token"]
        #expect(metadata == expected)
    }

    @Test func `metadata without an issuer is refused`() {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(ServerMetadata.self, from: Data(#"{"token_endpoint":"https://e.com"}"#.utf8))
        }
    }

    /// RFC 8414 section 2, RFC 8628 section 4, RFC 9207 section 3, OpenID Connect Discovery section 3.
    @Test func `every member has its registered name`() throws {
        var metadata = ServerMetadata(issuer: "i")
        metadata.authorizationEndpoint = "a"
        metadata.tokenEndpoint = "t"
        metadata.deviceAuthorizationEndpoint = "d"
        metadata.revocationEndpoint = "r"
        metadata.introspectionEndpoint = "n"
        metadata.userInfoEndpoint = "u"
        metadata.jwksURI = "j"
        metadata.scopesSupported = []
        metadata.responseTypesSupported = []
        metadata.responseModesSupported = []
        metadata.grantTypesSupported = []
        metadata.tokenEndpointAuthMethodsSupported = []
        metadata.revocationEndpointAuthMethodsSupported = []
        metadata.introspectionEndpointAuthMethodsSupported = []
        metadata.codeChallengeMethodsSupported = []
        metadata.authorizationResponseIssParameterSupported = true
        metadata.subjectTypesSupported = []
        metadata.idTokenSigningAlgValuesSupported = []
        metadata.claimsSupported = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(metadata), as: UTF8.self)
        let expected = [
            #""authorization_endpoint":"a""#, #""authorization_response_iss_parameter_supported":true"#,
            #""claims_supported":[]"#, #""code_challenge_methods_supported":[]"#,
            #""device_authorization_endpoint":"d""#, #""grant_types_supported":[]"#,
            #""id_token_signing_alg_values_supported":[]"#, #""introspection_endpoint":"n""#,
            #""introspection_endpoint_auth_methods_supported":[]"#, #""issuer":"i""#, #""jwks_uri":"j""#,
            #""response_modes_supported":[]"#, #""response_types_supported":[]"#, #""revocation_endpoint":"r""#,
            #""revocation_endpoint_auth_methods_supported":[]"#, #""scopes_supported":[]"#,
            #""subject_types_supported":[]"#, #""token_endpoint":"t""#, #""token_endpoint_auth_methods_supported":[]"#,
            #""userinfo_endpoint":"u""#,
        ]
        #expect(json == "{" + expected.joined(separator: ",") + "}")
    }
}
