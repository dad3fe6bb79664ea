import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 7662 section 2](https://www.rfc-editor.org/rfc/rfc7662#section-2).
struct IntrospectionTests {
    private static let inactive = IntrospectionReply()

    @Test func `a live access token is described, whoever it was issued to`() async throws {
        let world = try await TestWorld.open()
        let now = world.clock.seconds
        let token = try await world.signIn(scope: "openid email").accessToken
        let reply = try await world.server.introspect(token, for: world.service)
        var expected = IntrospectionReply(active: true)
        expected.scope = Scopes(["openid", "email"])
        expected.clientID = "tool"
        expected.username = "ada"
        expected.tokenType = "Bearer"
        expected.expiresAt = now + 900
        expected.issuedAt = now
        expected.subject = world.person.id
        expected.audience = TestWorld.issuer
        expected.issuer = TestWorld.issuer
        expected.tokenID = reply.tokenID
        #expect(reply == expected)
        #expect(reply.tokenID != nil)
    }

    @Test func `a live refresh token is described, its predecessor is not active`() async throws {
        let world = try await TestWorld.open()
        let now = world.clock.seconds
        let first = try #require(try await world.signIn(scope: "openid").refreshToken)
        let second = try await world.server.refresh(first, client: world.tool)
        let reply = try await world.server.introspect(try #require(second.refreshToken), for: world.service)
        #expect(reply.active)
        #expect(reply.scope == Scopes(["openid"]))
        #expect(reply.clientID == "tool")
        #expect(reply.subject == world.person.id)
        #expect(reply.expiresAt == now + 30 * 86_400)
        #expect(try await world.server.introspect(first, for: world.service) == Self.inactive)
        // Asking is no use of the token: nothing was rotated or ended.
        _ = try await world.server.refresh(try #require(second.refreshToken), client: world.tool)
    }

    /// "SHOULD NOT include any additional information about an inactive token", section 2.2.
    @Test func `of a token that is not active nothing else is said`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let (access, refresh) = (reply.accessToken, try #require(reply.refreshToken))
        for text in ["", "x", String(access.dropLast()), String(refresh.dropLast()), try #require(reply.idToken)] {
            #expect(try await world.server.introspect(text, for: world.service) == Self.inactive)
        }
        world.clock.advance(by: 900)
        #expect(try await world.server.introspect(access, for: world.service) == Self.inactive)
        world.clock.advance(by: 30 * 86_400)
        #expect(try await world.server.introspect(refresh, for: world.service) == Self.inactive)
    }

    @Test func `a revoked token is not active at once`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let refresh = try #require(reply.refreshToken)
        try await world.server.revoke(refresh, client: world.tool)
        #expect(try await world.server.introspect(reply.accessToken, for: world.service) == Self.inactive)
        #expect(try await world.server.introspect(refresh, for: world.service) == Self.inactive)
    }

    @Test func `no token of a disabled account or client is active`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let tokens = [reply.accessToken, try #require(reply.refreshToken)]
        try await world.setAccount(active: false)
        for token in tokens {
            #expect(try await world.server.introspect(token, for: world.service) == Self.inactive)
        }
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        for token in tokens {
            #expect(try await world.server.introspect(token, for: world.service) == Self.inactive)
        }
    }

    /// "the endpoint MUST also require some form of authorization to access this endpoint", section 2.1.
    @Test func `a public client may not ask`() async throws {
        let world = try await TestWorld.open()
        let token = try await world.signIn().accessToken
        await expectRefusal(.invalidClient) { try await world.server.introspect(token, for: world.tool) }
    }
}
