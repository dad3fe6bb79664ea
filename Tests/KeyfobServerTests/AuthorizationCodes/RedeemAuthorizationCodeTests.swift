import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 6749 section 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3) and
/// [RFC 7636 section 4.6](https://www.rfc-editor.org/rfc/rfc7636#section-4.6).
struct RedeemAuthorizationCodeTests {
    private static let otherVerifier = String(repeating: "x", count: 43)

    @Test func `a code brings tokens with the scopes that were approved`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        #expect(reply.tokenType == "Bearer")
        #expect(reply.scope == Scopes(["openid", "profile"]))
        #expect(reply.refreshToken != nil)
        #expect(reply.idToken != nil)
        #expect(try await world.server.accessGrant(reply.accessToken)?.account == world.person)
    }

    @Test func `a wrong, missing or malformed verifier is refused and costs nobody the code`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let challenge = PKCE.challenge(for: TestWorld.verifier)
        for verifier in [
            Self.otherVerifier, "", "short", challenge, TestWorld.verifier + "a", TestWorld.verifier + "\n",
        ] {
            await expectRefusal(.invalidGrant) {
                try await world.server.redeem(TestWorld.redemption(code, verifier: verifier), client: world.tool)
            }
        }
        _ = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
    }

    /// "REQUIRED, if the redirect_uri parameter was included in the authorization request [...], and their values MUST be
    /// identical", RFC 6749 section 4.1.3.
    @Test(arguments: [
        "http://127.0.0.1:51005/callback", "http://127.0.0.1/callback", "http://localhost:51004/callback",
        "http://127.0.0.1:51004/callback/", "HTTP://127.0.0.1:51004/callback", "https://app.example.com/cb", "",
    ])
    func `another redirect URI than the authorization request's is refused, also another port`(uri: String) async throws
    {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code, redirectURI: uri), client: world.tool)
        }
    }

    @Test func `another client's code is refused and stays good for its own client`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        for client in [world.otherTool, world.service] {
            await expectRefusal(.invalidGrant) {
                try await world.server.redeem(TestWorld.redemption(code), client: client)
            }
        }
        _ = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
    }

    @Test func `a code lives a minute`() async throws {
        let world = try await TestWorld.open()
        let (first, second) = (try await world.authorizationCode(), try await world.authorizationCode())
        world.clock.advance(by: 59.999)
        _ = try await world.server.redeem(TestWorld.redemption(first), client: world.tool)
        world.clock.advance(by: 0.001)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(second), client: world.tool)
        }
    }

    @Test func `text that is no code of ours is refused`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let unknown = AuthorizationServer.authorizationCodeFormat.make(world.random)
        for text in ["", String(code.dropLast()), String(code.dropFirst()), code + "0", unknown] {
            await expectRefusal(.invalidGrant) {
                try await world.server.redeem(TestWorld.redemption(text), client: world.tool)
            }
        }
    }

    @Test func `an account or client that was disabled after the approval gets nothing`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        try await world.setAccount(active: false)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `a client without the grant is refused`() async throws {
        let world = try await TestWorld.open()
        let limited = try await world.client("limited") { $0.grants = [.deviceCode] }
        let code = try await world.authorizationCode()
        await expectRefusal(.unauthorizedClient) {
            try await world.server.redeem(TestWorld.redemption(code), client: limited)
        }
    }

    @Test func `a repeat by the same client within ten seconds is refused and ends nothing`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        world.clock.advance(by: 9.999)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
        _ = try await world.server.refresh(try #require(reply.refreshToken), client: world.tool)
    }

    /// "the authorization server MUST deny the request and SHOULD revoke [...] all tokens previously issued", RFC 6749
    /// section 4.1.2.
    @Test func `a repeat after ten seconds ends what the code brought`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        world.clock.advance(by: 10)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        await expectRefusal(.invalidGrant) {
            try await world.server.refresh(try #require(reply.refreshToken), client: world.tool)
        }
        #expect(try await world.events().suffix(2) == ["code.replayed", "session.ended"])
    }

    @Test func `a replay by another client or with another verifier ends it at once`() async throws {
        let world = try await TestWorld.open()
        for (client, verifier) in [(world.otherTool, TestWorld.verifier), (world.tool, Self.otherVerifier)] {
            let code = try await world.authorizationCode()
            let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
            await expectRefusal(.invalidGrant) {
                try await world.server.redeem(TestWorld.redemption(code, verifier: verifier), client: client)
            }
            #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        }
        #expect(try await world.sessions() == Sessions(opened: 2, live: 0))
    }

    @Test func `a lost reply is had again with the same idempotency key only, for a minute`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let redemption = TestWorld.redemption(code, key: "k1")
        let reply = try await world.server.redeem(redemption, client: world.tool)
        #expect(try await world.server.redeem(redemption, client: world.tool) == reply)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code, key: "k2"), client: world.tool)
        }
        world.clock.advance(by: 59.999)
        #expect(try await world.server.redeem(redemption, client: world.tool) == reply.aged(by: 59))
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
        world.clock.advance(by: 0.001)
        await expectRefusal(.invalidGrant) { try await world.server.redeem(redemption, client: world.tool) }
        #expect(try await world.sessions() == Sessions(opened: 1, live: 0))
    }

    @Test func `the same idempotency key with another redirect URI is not a repeat`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        _ = try await world.server.redeem(TestWorld.redemption(code, key: "k1"), client: world.tool)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(
                TestWorld.redemption(code, redirectURI: "http://127.0.0.1:1/callback", key: "k1"), client: world.tool
            )
        }
    }
}
