import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 7009 section 2.1](https://www.rfc-editor.org/rfc/rfc7009#section-2.1), for tokens that people made.
struct PersonalTokenRevocationTests {
    private let world: TestWorld

    init() async throws {
        world = try await TestWorld.open()
    }

    @Test func `its own client revokes it, with all that it was exchanged for`() async throws {
        let made = try await world.makeToken()
        let jwt = try await world.exchange(made.secret).accessToken
        try await world.server.revoke(made.secret, client: world.tool)
        try await world.server.revoke(made.secret, client: world.tool)
        #expect(try await world.server.accessGrant(made.secret) == nil)
        #expect(try await world.server.accessGrant(jwt) == nil)
        #expect(try await world.current(made.token).state(at: world.clock.now) == .revoked)
        #expect(try await world.events().count { $0 == "personal-token.revoked" } == 1)
    }

    @Test func `another client revokes neither it nor what it was exchanged for`() async throws {
        let made = try await world.makeToken()
        let jwt = try await world.exchange(made.secret).accessToken
        for token in [made.secret, jwt] {
            await expectRefusal(.invalidGrant) { try await world.server.revoke(token, client: world.otherTool) }
        }
        #expect(try await world.server.accessGrant(jwt) != nil)
    }

    @Test func `what it was exchanged for ends alone, and can be had again`() async throws {
        let made = try await world.makeToken()
        let jwt = try await world.exchange(made.secret).accessToken
        let another = try await world.exchange(made.secret).accessToken
        try await world.server.revoke(jwt, client: world.tool)
        #expect(try await world.server.accessGrant(jwt) == nil)
        #expect(try await world.server.accessGrant(made.secret) != nil)
        // Another program's, which did not sign out.
        #expect(try await world.server.accessGrant(another) != nil)
        let again = try await world.exchange(made.secret).accessToken
        #expect(try await world.server.accessGrant(again) != nil)
        #expect(try await world.server.accessGrant(jwt) == nil)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `to revoke it is no use of it`() async throws {
        let made = try await world.makeToken()
        await expectRefusal(.invalidGrant) { try await world.server.revoke(made.secret, client: world.otherTool) }
        try await world.server.revoke(made.secret, client: world.tool)
        #expect(try await world.current(made.token).lastUsedAt == nil)
    }

    @Test func `what a disabled account revoked stays revoked`() async throws {
        let made = try await world.makeToken()
        try await world.setAccount(active: false)
        try await world.server.revoke(made.secret, client: world.tool)
        try await world.setAccount(active: true)
        #expect(try await world.server.accessGrant(made.secret) == nil)
    }
}
