import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct BrowserRequestStartTests {
    @Test func `a program is told what its wire has, and for how long`() async throws {
        let world = try await TestWorld.open()
        let linker = try await world.linker(policy: BrowserRequestPolicy(life: 300))
        let bare = try await world.start(linker)
        #expect(BrowserRequest.idFormat.accepts(bare.id))
        #expect(bare.pollSecret == nil)
        #expect(bare.code == nil)
        #expect(bare.expiresIn == 300)
        let full = try await world.start(linker, TestWorld.secretive)
        #expect(BrowserRequest.secretFormat.accepts(try #require(full.pollSecret)))
        #expect(full.code?.normalized.count == 8)
        #expect(full.id != bare.id)
    }

    @Test func `the life is ten minutes and a challenge is demanded, unless the operator says otherwise`() {
        #expect(BrowserRequestPolicy() == BrowserRequestPolicy(life: 600, requiresChallenge: true))
        #expect(Client.Settings().browserRequests == nil)
    }

    @Test func `an id that would poll alone needs a challenge`() async throws {
        let world = try await TestWorld.open()
        let linker = try await world.linker()
        await expectRefusal(.invalidRequest) { try await world.start(linker, BrowserRequest.Wire()) }
        await expectRefusal(.invalidRequest) { try await world.start(linker, BrowserRequest.Wire(hasCode: true)) }
        _ = try await world.start(linker, BrowserRequest.Wire(hasPollSecret: true))
        let lenient = try await world.linker("lenient", policy: BrowserRequestPolicy(requiresChallenge: false))
        _ = try await world.start(lenient, BrowserRequest.Wire())
    }

    @Test(arguments: [
        "", "x", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
    ])
    func `a malformed challenge is refused on every wire`(challenge: String) async throws {
        let world = try await TestWorld.open()
        let lenient = try await world.linker(policy: BrowserRequestPolicy(requiresChallenge: false))
        for hasSecret in [true, false] {
            await expectRefusal(.invalidRequest) {
                try await world.start(
                    lenient, BrowserRequest.Wire(hasPollSecret: hasSecret, challenge: challenge)
                )
            }
        }
    }

    @Test func `a client without the policy may neither start nor poll`() async throws {
        let world = try await TestWorld.open()
        await expectRefusal(.unauthorizedClient) { try await world.start(world.tool) }
        let started = try await world.start(try await world.linker())
        try await world.decide(started)
        await expectRefusal(.unauthorizedClient) { try await world.poll(started, world.tool) }
    }

    @Test func `a scope that is not the client's is refused, and none means its default`() async throws {
        let world = try await TestWorld.open()
        let linker = try await world.linker()
        await expectRefusal(.invalidScope) { try await world.start(linker, scope: "admin") }
        let started = try await world.start(linker)
        #expect(try await world.claim(started).scopes == linker.settings.defaultScopes)
    }

    @Test func `a policy is kept with the client, and settings from before there was one are read`() async throws {
        let world = try await TestWorld.open()
        let policy = BrowserRequestPolicy(life: 42, requiresChallenge: false)
        _ = try await world.linker(policy: policy)
        #expect(try await world.server.client("linker")?.settings.browserRequests == policy)
        let old = try await world.database.read {
            try $0.first("SELECT settings FROM clients WHERE id = 'tool'")?.text("settings")
        }
        #expect(try #require(old).contains("browserRequests") == false)
        #expect(try await world.server.client("tool")?.settings.browserRequests == nil)
    }

    @Test func `neither id nor secret is in the database`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.start(try await world.linker(), TestWorld.secretive)
        let row = try await world.database.read {
            try $0.first("SELECT hash, secret_hash FROM browser_requests")
        }
        #expect(try #require(row).text("hash") == TokenFormat.hash(started.id))
        #expect(try #require(row).text("secret_hash") == TokenFormat.hash(try #require(started.pollSecret)))
    }
}
