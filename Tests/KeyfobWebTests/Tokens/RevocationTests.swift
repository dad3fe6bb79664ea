import Testing

/// RFC 7009.
struct RevocationTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func revoke(
        _ token: String?, client: String? = "tool", hint: String? = nil
    ) async throws -> Reply {
        try await world.post(
            "/oauth/revoke", [("token", token), ("client_id", client), ("token_type_hint", hint)]
        )
    }

    @Test(arguments: ["x", "kfr_x", "kfa_x", "a.b.c", "kfr_0000000000000000000000000000000000000000000000000000"])
    func `an unknown token is revoked already`(token: String) async throws {
        let reply = try await revoke(token)
        #expect(reply.status == 200)
        #expect(reply.text.isEmpty)
        #expect(reply["Cache-Control"] == "no-store")
    }

    @Test(arguments: [nil, "refresh_token", "access_token", "something_else"])
    func `a refresh token takes its session with it, whatever the hint says`(hint: String?) async throws {
        let tokens = try await world.signIn()
        #expect(try await revoke(tokens.text("refresh_token"), hint: hint).status == 200)
        expectError(try await world.refresh(tokens.text("refresh_token")), 400, "invalid_grant")
        #expect(try await !world.isActive(tokens.text("access_token")))
        #expect(try await revoke(tokens.text("refresh_token")).status == 200)
    }

    @Test
    func `an access token goes alone where there is a refresh token`() async throws {
        let tokens = try await world.signIn()
        #expect(try await revoke(tokens.text("access_token"), hint: "refresh_token").status == 200)
        #expect(try await !world.isActive(tokens.text("access_token")))
        #expect(try await world.refresh(tokens.text("refresh_token")).status == 200)
    }

    @Test
    func `an opaque access token is gone at once`() async throws {
        let token = try await world.signIn("device-only").text("access_token")
        #expect(try await world.isActive(token))
        #expect(try await revoke(token, client: "device-only").status == 200)
        #expect(try await !world.isActive(token))
    }

    @Test
    func `another client's token is left alone, and the client told so`() async throws {
        let tokens = try await world.signIn()
        for name in ["refresh_token", "access_token"] {
            let reply = try await revoke(tokens.text(name), client: "other")
            #expect(reply.status == 400)
            #expect(reply.error != nil)
            #expect(try await world.isActive(tokens.text(name)))
        }
    }

    @Test
    func `the token is required`() async throws {
        expectError(try await revoke(nil), 400, "invalid_request")
    }

    @Test
    func `a client that does not say who it is is refused`() async throws {
        let token = try await world.signIn().text("refresh_token")
        for client in [nil, "nobody", "service"] {
            let reply = try await revoke(token, client: client)
            expectError(reply, 401, "invalid_client")
            #expect(reply["WWW-Authenticate"] == #"Basic realm="keyfob""#)
        }
        #expect(try await world.isActive(token))
    }
}
