import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 6749 section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6) and
/// [RFC 9700 section 4.14](https://www.rfc-editor.org/rfc/rfc9700#section-4.14).
struct RefreshTests {
    private static func refresh(
        _ world: TestWorld, _ reply: TokenReply, key: String? = nil, scope: String? = nil
    ) async throws -> TokenReply {
        let token = try reply.refreshToken.orFail()
        return try await world.server.refresh(token, client: world.tool, scope: scope, idempotencyKey: key)
    }

    private static func isLive(_ world: TestWorld, _ reply: TokenReply) async throws -> Bool {
        try await world.server.accessGrant(reply.accessToken) != nil
    }

    @Test func `a refresh brings a new pair and the presented token is used up`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        world.clock.advance(by: 1)
        let second = try await Self.refresh(world, first)
        #expect(second.refreshToken != first.refreshToken)
        #expect(second.accessToken != first.accessToken)
        #expect(second.scope == first.scope)
        #expect(second.expiresIn == 900)
        #expect(try await Self.isLive(world, second))
        _ = try await Self.refresh(world, second)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `a repeat of the predecessor is refused and ends nothing while the successor is unused`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await Self.refresh(world, first)
        for _ in 0..<3 {
            world.clock.advance(by: 3600)
            await expectRefusal(.invalidGrant) { try await Self.refresh(world, first) }
        }
        let third = try await Self.refresh(world, second)
        #expect(try await Self.isLive(world, third))
    }

    @Test func `an older generation ends the family`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let third = try await Self.refresh(world, Self.refresh(world, first))
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first) }
        #expect(try await !Self.isLive(world, third))
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, third) }
        #expect(try await world.events().suffix(2) == ["refresh.replayed", "session.ended"])
    }

    @Test func `a generation from long ago ends the family too`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        var newest = first
        for _ in 0..<20 {
            newest = try await Self.refresh(world, newest)
        }
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first) }
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, newest) }
    }

    @Test func `another client's token is refused, whatever its generation, and ends nothing`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let third = try await Self.refresh(world, Self.refresh(world, first))
        for reply in [first, third] {
            await expectRefusal(.invalidGrant) {
                try await world.server.refresh(try reply.refreshToken.orFail(), client: world.otherTool)
            }
        }
        _ = try await Self.refresh(world, third)
    }

    @Test func `text that is no refresh token of ours is refused`() async throws {
        let world = try await TestWorld.open()
        let token = try #require(try await world.signIn().refreshToken)
        let unknown = TokenFormat(prefix: "kfr_", length: 65).make(world.random)
        for text in ["", String(token.dropLast()), String(token.dropFirst()), token + "0", unknown, "kfr_"] {
            await expectRefusal(.invalidGrant) { try await world.server.refresh(text, client: world.tool) }
        }
        _ = try await world.server.refresh(token, client: world.tool)
    }

    @Test func `a repeat with the same idempotency key gets the identical reply until the successor is used`()
        async throws
    {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await Self.refresh(world, first, key: "k1")
        #expect(try await Self.refresh(world, first, key: "k1") == second)
        world.clock.advance(by: 10 * 86_400)
        #expect(try await Self.refresh(world, first, key: "k1") == second.aged(by: 10 * 86_400))
        let third = try await Self.refresh(world, second, key: "k2")
        #expect(try await Self.refresh(world, second, key: "k2") == third)
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first, key: "k1") }
        #expect(try await world.sessions() == Sessions(opened: 1, live: 0))
    }

    @Test func `another idempotency key never gets the reply`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let second = try await Self.refresh(world, first, key: "k1")
        for key in ["k2", "", "K1", nil] {
            await expectRefusal(.invalidGrant) { try await Self.refresh(world, first, key: key) }
        }
        await expectRefusal(.invalidGrant) {
            try await world.server.refresh(
                try first.refreshToken.orFail(), client: world.otherTool, idempotencyKey: "k1")
        }
        _ = try await Self.refresh(world, second)
    }

    @Test func `a reply without an idempotency key is not kept`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        _ = try await Self.refresh(world, first)
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first, key: "") }
        let kept = try await world.database.read { try $0.execute("SELECT sealed FROM replies").count }
        #expect(kept == 0)
    }

    /// nightscout/nocturne#326: 415 of 679 sessions ended by their own client.
    @Test func `of sixteen parallel refreshes one wins and the session lives`() async throws {
        let world = try await TestWorld.open()
        var newest = try await world.signIn()
        for _ in 0..<20 {
            let presented = newest
            let replies = await withTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask { try? await Self.refresh(world, presented) }
                }
                return await group.reduce(into: [TokenReply]()) { replies, reply in
                    if let reply { replies.append(reply) }
                }
            }
            #expect(replies.count == 1)
            newest = try #require(replies.first)
        }
        #expect(try await Self.isLive(world, newest))
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `parallel refreshes with one idempotency key all get the one reply`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        let replies = try await withThrowingTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { try await Self.refresh(world, first, key: "k1") }
            }
            return try await group.reduce(into: Set<TokenReply>()) { $0.insert($1) }
        }
        #expect(replies.count == 1)
    }

    @Test func `a narrower scope narrows the access token and not the session`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn(scope: "openid profile email")
        let narrow = try await Self.refresh(world, first, scope: "email")
        #expect(narrow.scope == Scopes(["email"]))
        #expect(narrow.idToken == nil)
        #expect(try await world.server.accessGrant(narrow.accessToken)?.scopes == Scopes(["email"]))
        let wide = try await Self.refresh(world, narrow)
        #expect(wide.scope == Scopes(["openid", "profile", "email"]))
    }

    @Test func `a wider or malformed scope is refused and costs nobody the token`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn(scope: "openid email")
        for scope in ["openid email profile", "profile", "\""] {
            await expectRefusal(.invalidScope) { try await Self.refresh(world, first, scope: scope) }
        }
        _ = try await Self.refresh(world, first)
    }

    /// The grammar of RFC 6749 section 3.3 wants one name at least.
    @Test func `a scope without any name is refused`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        await expectRefusal(.invalidScope) { try await Self.refresh(world, first, scope: " ") }
    }

    @Test func `each use moves the expiry by thirty days`() async throws {
        let world = try await TestWorld.open()
        var reply = try await world.signIn()
        for _ in 0..<4 {
            world.clock.advance(by: 30 * 86_400 - 0.001)
            reply = try await Self.refresh(world, reply)
        }
        world.clock.advance(by: 30 * 86_400)
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, reply) }
    }

    @Test func `a disabled account or client is refused, and goes on when it is enabled again`() async throws {
        let world = try await TestWorld.open()
        let first = try await world.signIn()
        try await world.setAccount(active: false)
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first) }
        #expect(try await !Self.isLive(world, first))
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.invalidGrant) { try await Self.refresh(world, first) }
        #expect(try await !Self.isLive(world, first))
        try await world.setClient(world.tool, active: true)
        _ = try await Self.refresh(world, first)
    }

    @Test func `a client without the grant gets no refresh token and cannot use one`() async throws {
        let world = try await TestWorld.open()
        let limited = try await world.client("limited") { $0.grants = [.deviceCode] }
        #expect(try await world.signIn(limited).refreshToken == nil)
        let token = try #require(try await world.signIn().refreshToken)
        await expectRefusal(.unauthorizedClient) { try await world.server.refresh(token, client: limited) }
    }
}
