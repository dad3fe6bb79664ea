import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 7009 sections 2.1 and 2.2](https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
struct RevocationTests {
    private static func opaqueClient(_ world: TestWorld, refreshes: Bool) async throws -> Client {
        try await world.client(refreshes ? "opaque" : "opaque-only") { settings in
            settings.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
            settings.grants = refreshes ? GrantType.known : [.deviceCode]
        }
    }

    @Test func `a refresh token takes its whole session with it`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await world.server.refresh(try #require(first.refreshToken), client: world.tool)
        try await world.server.revoke(try #require(second.refreshToken), client: world.tool)
        #expect(try await world.server.accessGrant(first.accessToken) == nil)
        #expect(try await world.server.accessGrant(second.accessToken) == nil)
        await expectRefusal(.invalidGrant) {
            try await world.server.refresh(try #require(second.refreshToken), client: world.tool)
        }
        #expect(try await world.sessions() == Sessions(opened: 1, live: 0))
    }

    @Test func `the predecessor takes the session with it too, since its successor may have been lost`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await world.server.refresh(try #require(first.refreshToken), client: world.tool)
        try await world.server.revoke(try #require(first.refreshToken), client: world.tool)
        #expect(try await world.server.accessGrant(second.accessToken) == nil)
    }

    @Test func `a revoked session's kept reply is gone`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let token = try #require(first.refreshToken)
        let second = try await world.server.refresh(token, client: world.tool, idempotencyKey: "k1")
        try await world.server.revoke(try #require(second.refreshToken), client: world.tool)
        await expectRefusal(.invalidGrant) {
            try await world.server.refresh(token, client: world.tool, idempotencyKey: "k1")
        }
    }

    @Test func `a signed access token is refused alone, and its session goes on`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await world.server.refresh(try #require(first.refreshToken), client: world.tool)
        try await world.server.revoke(first.accessToken, client: world.tool)
        #expect(try await world.server.accessGrant(first.accessToken) == nil)
        #expect(try await world.server.accessGrant(second.accessToken) != nil)
        _ = try await world.server.refresh(try #require(second.refreshToken), client: world.tool)
    }

    @Test func `an opaque access token is refused alone where a refresh token remains`() async throws {
        let world = try await TestWorld.open()
        let client = try await Self.opaqueClient(world, refreshes: true)
        let first = try await world.signIn(client)
        let second = try await world.server.refresh(try #require(first.refreshToken), client: client)
        try await world.server.revoke(first.accessToken, client: client)
        #expect(try await world.server.accessGrant(first.accessToken) == nil)
        #expect(try await world.server.accessGrant(second.accessToken) != nil)
    }

    @Test func `an access token that is all a session has ends the session`() async throws {
        let world = try await TestWorld.open()
        let client = try await Self.opaqueClient(world, refreshes: false)
        let reply = try await world.signIn(client)
        #expect(reply.expiresIn == nil)
        #expect(try await world.server.accessGrant(reply.accessToken)?.expiresAt == nil)
        try await world.server.revoke(reply.accessToken, client: client)
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 0))
        #expect(try await world.events().last == "session.ended")
    }

    @Test func `another client's token is refused and stays good`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        for token in [try #require(reply.refreshToken), reply.accessToken] {
            await expectRefusal(.invalidGrant) { try await world.server.revoke(token, client: world.otherTool) }
        }
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
        _ = try await world.server.refresh(try #require(reply.refreshToken), client: world.tool)
    }

    /// "responds with HTTP status code 200 if the token has been revoked successfully or if the client submitted an
    /// invalid token", section 2.2.
    @Test func `an unknown, malformed or revoked token is revoked already`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let unknown = TokenFormat(prefix: "kfr_", length: 65).make(world.random)
        for token in ["", "x", "a.b.c", unknown, AccessTokenPolicy.standardOpaqueFormat.make(world.random)] {
            try await world.server.revoke(token, client: world.tool)
        }
        for _ in 0..<2 {
            try await world.server.revoke(try #require(reply.refreshToken), client: world.tool)
            try await world.server.revoke(reply.accessToken, client: world.tool)
        }
        #expect(try await world.events().count { $0 == "session.ended" } == 1)
    }

    @Test func `what a disabled account revoked stays revoked when it is enabled again`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        try await world.setAccount(active: false)
        try await world.server.revoke(reply.accessToken, client: world.tool)
        try await world.setAccount(active: true)
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
    }
}
