import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct ExchangePersonalTokenTests {
    private let world: TestWorld

    init() async throws {
        world = try await TestWorld.open()
    }

    @Test func `a token brings a signed one of the same owner, client and scopes`() async throws {
        let made = try await world.makeToken(scopes: ["openid", "profile"])
        let reply = try await world.exchange(made.secret, life: 86_400)
        #expect(reply.accessToken.split(separator: ".").count == 3)
        #expect(reply.tokenType == "Bearer")
        #expect(reply.expiresIn == 86_400)
        #expect(reply.scope == Scopes(["openid", "profile"]))
        #expect(reply.refreshToken == nil)
        let grant = try #require(try await world.server.accessGrant(reply.accessToken))
        #expect(grant.account == world.person)
        #expect(grant.clientID == "tool")
        #expect(grant.scopes == Scopes(["openid", "profile"]))
        #expect(!grant.sessionID.isEmpty)
        #expect(grant.expiresAt == world.clock.now.addingTimeInterval(86_400))
    }

    @Test func `a client whose sign-ins bring opaque tokens gets a signed one, too`() async throws {
        let client = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        }
        let made = try await world.makeToken(TestWorld.kind(client: "opaque"))
        let reply = try await world.exchange(made.secret, client)
        #expect(reply.accessToken.split(separator: ".").count == 3)
    }

    @Test func `of many exchanges at once all share one session`() async throws {
        let made = try await world.makeToken()
        let sessions = await withTaskGroup { group in
            for _ in 0..<32 {
                group.addTask { () -> String? in
                    guard let token = try? await world.exchange(made.secret).accessToken else { return nil }
                    return try? await world.server.accessGrant(token)?.sessionID
                }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(sessions.count == 32)
        #expect(Set(sessions).count == 1)
        #expect(sessions[0] != nil)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
        #expect(try await world.events().count { $0 == "session.opened" } == 1)
    }

    @Test func `what it brings lives no longer than the token itself`() async throws {
        let made = try await world.makeToken(life: 100)
        let reply = try await world.exchange(made.secret, life: 3_600)
        #expect(reply.expiresIn == 100)
        world.clock.advance(by: 99)
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
        world.clock.advance(by: 1)
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret) }
    }

    @Test func `a token whose life was cut short takes with it what it brought before`() async throws {
        let made = try await world.makeToken()
        let reply = try await world.exchange(made.secret)
        let (id, now) = (made.token.id, Int64(world.clock.seconds) * 1_000)
        try await world.database.write {
            try $0.execute("UPDATE personal_tokens SET expires_at = $2 WHERE id = $1", [.text(id), .integer(now)])
        }
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
    }

    @Test func `only a live token of that very client is exchanged`() async throws {
        let made = try await world.makeToken()
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret, world.otherTool) }
        let jwt = try await world.exchange(made.secret).accessToken
        let session = try await world.signIn()
        for wrong in [
            "", "pt_", made.token.id, jwt, session.accessToken, try #require(session.refreshToken),
            TestWorld.personalFormat.make(world.random),
        ] {
            await expectRefusal(.invalidGrant) { try await world.exchange(wrong) }
        }
        try await world.setAccount(active: false)
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret) }
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret) }
    }

    @Test func `the opaque token of a sign-in is not exchanged, although it has the form`() async throws {
        let client = try await world.client("opaque") {
            $0.accessToken = .opaque(TestWorld.personalFormat, life: nil)
        }
        let session = try await world.signIn(client).accessToken
        await expectRefusal(.invalidGrant) { try await world.exchange(session, client) }
    }

    @Test func `a secret that is replaced in the middle of its exchange brings nothing that lives`() async throws {
        let made = try await world.makeToken()
        let database = PausedDatabase(world.database) {
            let kind = TestWorld.kind()
            let renewed = try await world.server.regeneratePersonalToken(
                made.token.id, expiresAt: nil, kind: kind, of: world.person, from: TestWorld.home
            )
            _ = try await world.exchange(renewed.secret)
        }
        let paused = try await TestWorld.server(database, world.clock, world.random)
        database.pauseAfterNextRead()
        let old = try? await paused.exchangePersonalToken(
            made.secret, client: world.tool, life: 3_600, from: TestWorld.home
        )
        #expect(database.wasPaused)
        #expect(old == nil)
    }

    @Test func `whatever races with a revocation, nothing is good afterwards`() async throws {
        for _ in 0..<20 {
            let made = try await world.makeToken()
            let tokens = await withTaskGroup { group in
                for index in 0..<8 {
                    group.addTask { () -> String? in
                        if index == 3 {
                            try? await world.server.revokePersonalToken(made.token.id)
                            return nil
                        }
                        return try? await world.exchange(made.secret).accessToken
                    }
                }
                return await group.reduce(into: [String]()) { tokens, token in token.map { tokens.append($0) } }
            }
            for token in tokens {
                #expect(try await world.server.accessGrant(token) == nil)
            }
            #expect(try await world.sessions().live == 0)
        }
    }
}
