import KeyfobTestSupport
import Testing

/// RFC 7662.
struct IntrospectionTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    /// What is said of every token that is not good (section 2.2): nothing else.
    private func expectInactive(_ reply: Reply, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(reply.status == 200, sourceLocation: sourceLocation)
        #expect(reply.text == #"{"active":false}"#, sourceLocation: sourceLocation)
        #expect(reply["Cache-Control"] == "no-store", sourceLocation: sourceLocation)
    }

    @Test
    func `a live access token is told by its facts`() async throws {
        let reply = try await world.introspect(world.signIn().text("access_token"))
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let facts = try reply.json()
        #expect(facts["active"] == true)
        #expect(facts["scope"] == "openid profile email offline_access")
        #expect(facts["client_id"] == "tool")
        #expect(facts["username"] == "ada")
        #expect(facts["token_type"] == "Bearer")
        #expect(facts["sub"] == .string(world.day.account))
        #expect(facts["iss"] == "https://id.example.com")
        #expect(facts["iat"] == .number(world.clock.seconds))
        #expect(facts["exp"] == .number(world.clock.seconds + 900))
        #expect(facts.names.isSuperset(of: ["aud", "jti"]))
    }

    @Test
    func `a live refresh token is told by its facts, and is no bearer token`() async throws {
        let facts = try await world.introspect(world.signIn().text("refresh_token")).json()
        #expect(facts["active"] == true)
        #expect(facts["client_id"] == "tool")
        #expect(facts["token_type"] == nil)
        #expect(facts["exp"] == .number(world.clock.seconds + 30 * 86_400))
    }

    @Test
    func `a token without an end has no expiry`() async throws {
        let facts = try await world.introspect(world.signIn("device-only").text("access_token")).json()
        #expect(facts["active"] == true)
        #expect(facts["exp"] == nil)
    }

    @Test(arguments: ["x", "a.b.c", "kfa_x", "kfr_x", "\u{E9}", String(repeating: "x", count: 9_000)])
    func `any other text is not active`(token: String) async throws {
        expectInactive(try await world.introspect(token))
    }

    @Test
    func `an expired token is not active`() async throws {
        let token = try await world.signIn().text("access_token")
        world.clock.advance(by: 899)
        #expect(try await world.isActive(token))
        world.clock.advance(by: 1)
        expectInactive(try await world.introspect(token))
    }

    @Test
    func `a used refresh token is not active`() async throws {
        let token = try await world.signIn().text("refresh_token")
        _ = try await world.refresh(token)
        expectInactive(try await world.introspect(token))
    }

    @Test
    func `nothing of a disabled account is active`() async throws {
        let tokens = try await world.signIn()
        try await world.disableAccount()
        for name in ["access_token", "refresh_token"] {
            expectInactive(try await world.introspect(tokens.text(name)))
        }
    }

    @Test
    func `nothing of a disabled client is active`() async throws {
        let tokens = try await world.signIn()
        try await world.disableClient("tool")
        for name in ["access_token", "refresh_token"] {
            expectInactive(try await world.introspect(tokens.text(name)))
        }
    }

    @Test
    func `a piece of a token is not active`() async throws {
        let token = try await world.signIn().text("access_token")
        for piece in [String(token.dropLast()), String(token.dropFirst()), token + "x", token + "=", " " + token] {
            expectInactive(try await world.introspect(piece))
        }
    }

    @Test(arguments: [nil, "nobody", "tool", "service"])
    func `without a client's secret nothing is told`(client: String?) async throws {
        let token = try await world.signIn().text("access_token")
        let reply = try await world.post("/oauth/introspect", [("token", token), ("client_id", client)])
        expectError(reply, 401, "invalid_client")
        #expect(reply["WWW-Authenticate"] == #"Basic realm="keyfob""#)
    }

    @Test
    func `the token is required`() async throws {
        let fields = [("client_id", "service"), ("client_secret", world.day.serviceSecret)]
        expectError(
            try await world.post("/oauth/introspect", fields.map { ($0.0, Optional($0.1)) }), 400, "invalid_request"
        )
    }
}
