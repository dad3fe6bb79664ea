import KeyfobServer
import Testing

@testable import skytells

struct ProductSignInTests {
    @Test
    func `a product's own wire signs in, asks who, and signs out`() async throws {
        try await World.run { world in
            world.clock.whenWaiting { try await world.answer("approve") }
            let login = try await world.run(Skytells.self, "login")
            #expect(login.status == 0, "\(login.errors)")
            let stored = try world.file(".config/skytells/credentials.json")
            let token = try #require(stored.firstMatch(of: /sk_pat_[0-9a-f]{64}/)?.0)
            #expect(try await world.server.accessGrant(String(token)) != nil)

            #expect(try await world.run(Skytells.self, "whoami").status == 0)
            #expect(try await world.run(Skytells.self, "logout", "--force").status == 0)
            #expect(try await world.server.accessGrant(String(token)) == nil)
            #expect(try await world.run(Skytells.self, "whoami").status == 4)
        }
    }

    @Test
    func `a denied request exits with 5, an expired one with 1`() async throws {
        try await World.run { world in
            world.clock.whenWaiting { try await world.answer("deny") }
            let denied = try await world.run(Skytells.self, "login")
            #expect(denied.status == 5)
            let expired = try await world.run(Skytells.self, "login")
            #expect(expired.status == 1)
        }
    }
}
