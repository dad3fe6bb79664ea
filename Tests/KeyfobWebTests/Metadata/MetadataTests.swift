import KeyfobTestSupport
import Testing

/// RFC 8414 and OpenID Connect Discovery.
struct MetadataTests {
    private static let paths = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]

    @Test(arguments: paths)
    func `both documents are JSON that anyone may read and keep for a while`(path: String) async throws {
        let reply = try await World.open().get(path)
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "public, max-age=300")
        #expect(reply["Access-Control-Allow-Origin"] == "*")
    }

    @Test
    func `both documents say the same`() async throws {
        let world = try await World.open()
        let documents = [try await world.get(Self.paths[0]).json(), try await world.get(Self.paths[1]).json()]
        #expect(documents[0] == documents[1])
    }

    @Test
    func `the issuer is exactly the one that was configured`() async throws {
        let world = try await World.open(issuer: "http://localhost:8099")
        #expect(try await world.get(Self.paths[0]).json()["issuer"] == "http://localhost:8099")
    }

    // RFC 8414 section 2, RFC 8628 section 4, RFC 9207 section 3, OpenID Connect Discovery section 3.
    @Test(
        arguments: [
            ("issuer", "https://id.example.com"),
            ("authorization_endpoint", "https://id.example.com/authorize"),
            ("token_endpoint", "https://id.example.com/oauth/token"),
            ("device_authorization_endpoint", "https://id.example.com/oauth/device_authorization"),
            ("revocation_endpoint", "https://id.example.com/oauth/revoke"),
            ("introspection_endpoint", "https://id.example.com/oauth/introspect"),
            ("userinfo_endpoint", "https://id.example.com/oauth/userinfo"),
            ("jwks_uri", "https://id.example.com/oauth/jwks"),
            ("response_types_supported", ["code"]),
            ("response_modes_supported", ["query"]),
            ("code_challenge_methods_supported", ["S256"]),
            ("grant_types_supported", ["authorization_code", "refresh_token", JSON.string(World.deviceGrant)]),
            ("token_endpoint_auth_methods_supported", ["none", "client_secret_basic", "client_secret_post"]),
            ("revocation_endpoint_auth_methods_supported", ["none", "client_secret_basic", "client_secret_post"]),
            ("introspection_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"]),
            ("authorization_response_iss_parameter_supported", true),
            ("subject_types_supported", ["public"]),
            ("id_token_signing_alg_values_supported", ["ES256"]),
        ] as [(String, JSON)])
    func `the metadata names what the server does`(name: String, value: JSON) async throws {
        #expect(try await World.open().get(Self.paths[0]).json()[name] == value)
    }

    @Test
    func `the scope openid is among those that can be asked for`() async throws {
        let metadata = try await World.open().get(Self.paths[1]).json()
        #expect(metadata["scopes_supported"]?.elements.contains("openid") == true)
    }

    @Test
    func `each endpoint that the metadata names answers`() async throws {
        let world = try await World.open()
        let metadata = try await world.get(Self.paths[0]).json()
        let named = metadata.names.filter { $0.hasSuffix("_endpoint") || $0.hasSuffix("_uri") }
        #expect(named.count == 7)
        for name in named {
            let path = String(try metadata[name].orFail().text.orFail().dropFirst(World.issuer.count))
            let statuses = [try await world.get(path).status, try await world.post(path, []).status]
            #expect(statuses.contains { $0 != 404 }, "\(path)")
        }
    }

    @Test
    func `the metadata does not promise request objects by reference`() async throws {
        // OpenID Connect Discovery section 3: without this member the answer would be true.
        let metadata = try await World.open().get(Self.paths[1]).json()
        #expect(metadata["request_uri_parameter_supported"] == false)
    }
}
