import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

struct PersonalTokenCleanUpTests {
    private func listed(_ world: TestWorld) async throws -> [String] {
        try await world.server.personalTokens(of: world.person, client: nil).map(\.name)
    }

    @Test func `revoked and expired tokens are listed for ninety days, others for ever`() async throws {
        let world = try await TestWorld.open()
        _ = try await world.makeToken(name: "endless")
        let expiring = try await world.makeToken(name: "expiring", life: 60)
        let revoked = try await world.makeToken(name: "revoked")
        _ = try await world.exchange(expiring.secret)
        _ = try await world.exchange(revoked.secret)
        world.clock.advance(by: 60)
        try await world.server.revokePersonalToken(revoked.token.id)
        world.clock.advance(by: 90 * 86_400 - 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await Set(listed(world)) == ["endless", "expiring", "revoked"])
        world.clock.advance(by: 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await listed(world) == ["endless"])
        #expect(try await world.sessions() == Sessions(opened: 0, live: 0))
    }

    @Test func `the session of an expired token goes after a day`() async throws {
        let world = try await TestWorld.open()
        let made = try await world.makeToken(life: 60)
        _ = try await world.exchange(made.secret)
        world.clock.advance(by: 60 + 86_400 - 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await world.sessions().opened == 1)
        world.clock.advance(by: 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `the session of a token without end stays`() async throws {
        let world = try await TestWorld.open()
        let made = try await world.makeToken()
        _ = try await world.exchange(made.secret)
        world.clock.advance(by: 400 * 86_400)
        _ = try await world.server.cleanUp()
        _ = try await world.exchange(made.secret)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }
}
