import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// A new secret on its way to the page that shows it.
struct UnseenSecretTests {
    private let world: TestWorld
    private let made: MadeToken

    init() async throws {
        world = try await TestWorld.open()
        made = try await world.makeToken()
        try await world.server.keepUnseen(made.secret, of: made.token, for: "viewer")
    }

    private func take(_ viewer: String = "viewer") async throws -> String? {
        try await world.server.takeUnseen(made.token.id, for: viewer)
    }

    @Test func `it is seen once`() async throws {
        #expect(try await take() == made.secret)
        #expect(try await take() == nil)
    }

    @Test func `of many who ask at once, one sees it`() async throws {
        let seen = await withTaskGroup { group in
            for _ in 0..<32 {
                group.addTask { (try? await take()) == nil ? 0 : 1 }
            }
            return await group.reduce(0, +)
        }
        #expect(seen == 1)
    }

    @Test func `another viewer does not see it, and does not take it away`() async throws {
        for viewer in ["", "Viewer", "viewer ", "another"] {
            #expect(try await take(viewer) == nil)
        }
        #expect(try await take() == made.secret)
    }

    @Test func `it does not wait longer than ten minutes`() async throws {
        world.clock.advance(by: 600)
        #expect(try await take() == nil)
        #expect(try await world.server.cleanUp() == 1)
    }

    @Test func `a newer secret takes its place, and a revoked token has none`() async throws {
        let renewed = try await world.server.regeneratePersonalToken(
            made.token.id, expiresAt: nil, kind: TestWorld.kind(), of: world.person, from: TestWorld.home
        )
        #expect(try await take() == nil)
        try await world.server.keepUnseen(renewed.secret, of: renewed.token, for: "viewer")
        #expect(try await take() == renewed.secret)
        try await world.server.keepUnseen(renewed.secret, of: renewed.token, for: "viewer")
        try await world.server.revokePersonalToken(made.token.id)
        #expect(try await take() == nil)
    }
}
