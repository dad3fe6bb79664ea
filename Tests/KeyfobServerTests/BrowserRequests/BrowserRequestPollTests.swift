import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What a program hears, and what whoever else knows the id hears.
struct BrowserRequestPollTests {
    private let world: TestWorld
    private let linker: Client

    init() async throws {
        world = try await TestWorld.open()
        linker = try await world.linker()
    }

    private func poll(
        _ id: String, secret: String? = nil, verifier: String? = nil
    ) async throws -> BrowserRequestOutcome {
        try await world.server.pollBrowserRequest(
            BrowserRequestPoll(id: id, secret: secret, verifier: verifier), client: linker
        )
    }

    @Test(arguments: [TestWorld.challenged, TestWorld.secretive])
    func `an approved request brings tokens with the scopes that were asked for`(wire: BrowserRequest.Wire) async throws
    {
        let started = try await world.start(linker, wire, scope: "openid offline_access")
        #expect(try await world.poll(started, linker) == .pending)
        try await world.decide(started)
        let reply = try #require(try await world.poll(started, linker).reply)
        #expect(reply.scope == Scopes(["openid", "offline_access"]))
        let grant = try #require(try await world.server.accessGrant(reply.accessToken))
        #expect(grant.account == world.person)
        #expect(grant.clientID == "linker")
        #expect(try await world.events().suffix(2) == ["request.approved", "session.opened"])
    }

    @Test func `the id alone, which stands in the browser's history, polls nothing where a challenge was given`()
        async throws
    {
        let started = try await world.start(linker)
        let wrong = PKCE.verifier(world.random)
        for decide in [nil, true] as [Bool?] {
            if let decide { try await world.decide(started, approve: decide) }
            #expect(try await poll(started.id) == .unknown)
            #expect(try await poll(started.id, verifier: wrong) == .unknown)
            #expect(try await poll(started.id, verifier: "") == .unknown)
            // The challenge itself proves nothing, and neither does a secret in the verifier's place.
            #expect(try await poll(started.id, verifier: PKCE.challenge(for: TestWorld.verifier)) == .unknown)
            #expect(try await poll(started.id, secret: TestWorld.verifier) == .unknown)
        }
        // Nothing of that consumed anything.
        #expect(try await poll(started.id, verifier: TestWorld.verifier).reply != nil)
    }

    @Test func `the public id alone, or another request's secret, polls nothing where there is a secret`() async throws
    {
        let started = try await world.start(linker, TestWorld.secretive)
        let other = try await world.start(linker, TestWorld.secretive)
        try await world.decide(started)
        #expect(try await poll(started.id) == .unknown)
        #expect(try await poll(started.id, secret: other.pollSecret) == .unknown)
        #expect(try await poll(started.id, secret: started.id) == .unknown)
        #expect(try await poll(other.id, secret: started.pollSecret) == .unknown)
        #expect(try await poll(started.id, secret: started.pollSecret).reply != nil)
    }

    @Test func `secret and challenge together must both be proved`() async throws {
        var wire = TestWorld.secretive
        wire.challenge = TestWorld.challenged.challenge
        let started = try await world.start(linker, wire)
        try await world.decide(started)
        #expect(try await poll(started.id, secret: started.pollSecret) == .unknown)
        #expect(try await poll(started.id, verifier: TestWorld.verifier) == .unknown)
        #expect(
            try await poll(started.id, secret: started.pollSecret, verifier: TestWorld.verifier).reply != nil
        )
    }

    /// RFC 9700 section 4.8.2: whoever strips the challenge on its way must be noticed.
    @Test func `a verifier or secret that the request knows nothing of is refused`() async throws {
        let lenient = try await world.linker("lenient", policy: BrowserRequestPolicy(requiresChallenge: false))
        let started = try await world.start(lenient, BrowserRequest.Wire())
        try await world.decide(started)
        for poll in [
            BrowserRequestPoll(id: started.id, verifier: TestWorld.verifier),
            BrowserRequestPoll(id: started.id, secret: BrowserRequest.secretFormat.make(world.random)),
        ] {
            #expect(try await world.server.pollBrowserRequest(poll, client: lenient) == .unknown)
        }
        // Where the operator accepts it, the id alone polls, once.
        let bare = BrowserRequestPoll(id: started.id)
        #expect(try await world.server.pollBrowserRequest(bare, client: lenient).reply != nil)
        #expect(try await world.server.pollBrowserRequest(bare, client: lenient) == .unknown)
    }

    @Test func `another client's poll finds nothing and consumes nothing`() async throws {
        let other = try await world.linker("other-linker")
        let started = try await world.start(linker)
        #expect(try await world.poll(started, other) == .unknown)
        try await world.decide(started)
        #expect(try await world.poll(started, other) == .unknown)
        #expect(try await world.poll(started, linker).reply != nil)
    }

    @Test func `a replay finds nothing, and takes nothing from the winner`() async throws {
        let started = try await world.start(linker)
        try await world.decide(started)
        let reply = try #require(try await world.poll(started, linker).reply)
        for _ in 0..<3 {
            #expect(try await world.poll(started, linker) == .unknown)
        }
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `a lost reply can be had again with the same key and the same proof, for a minute`() async throws {
        let started = try await world.start(linker)
        try await world.decide(started)
        let reply = try #require(try await world.poll(started, linker, key: "first-key").reply)
        #expect(try await world.poll(started, linker, key: "first-key").reply == reply)
        #expect(try await world.poll(started, linker, key: "other-key") == .unknown)
        let stolen = BrowserRequestPoll(id: started.id, idempotencyKey: "first-key")
        #expect(try await world.server.pollBrowserRequest(stolen, client: linker) == .unknown)
        world.clock.advance(by: 59)
        #expect(try await world.poll(started, linker, key: "first-key").reply == reply.aged(by: 59))
        world.clock.advance(by: 1)
        #expect(try await world.poll(started, linker, key: "first-key") == .unknown)
        #expect(try await world.sessions().opened == 1)
    }

    @Test func `50 requests, 16 redeemers each, one winner each`() async throws {
        for round in 0..<50 {
            let wire = round.isMultiple(of: 2) ? TestWorld.challenged : TestWorld.secretive
            let started = try await world.start(linker, wire)
            try await world.decide(started)
            let replies = await withTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask { [world, linker] in try? await world.poll(started, linker) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.count { $0?.reply != nil } == 1)
            #expect(replies.count { $0 == .unknown } == 15)
        }
        #expect(try await world.sessions() == Sessions(opened: 50, live: 50))
    }

    @Test func `16 repeats with one idempotency key share one set of tokens`() async throws {
        let started = try await world.start(linker)
        try await world.decide(started)
        let replies = await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { [world, linker] in try? await world.poll(started, linker, key: "key").reply }
            }
            return await group.reduce(into: Set()) { $0.insert($1?.accessToken) }
        }
        #expect(replies.count == 1)
        #expect(replies.first != .some(nil))
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `an approval in the last second can be redeemed for a minute`() async throws {
        let (early, late) = (try await world.start(linker), try await world.start(linker))
        world.clock.advance(by: 599.999)
        try await world.decide(early)
        try await world.decide(late)
        world.clock.advance(by: 60)
        #expect(try await world.poll(early, linker).reply != nil)
        world.clock.advance(by: 0.001)
        #expect(try await world.poll(late, linker) == .expired)
        #expect(try await world.sessions().opened == 1)
    }

    @Test func `a request expires to the millisecond, a denied one stays denied`() async throws {
        let started = try await world.start(linker)
        let denied = try await world.start(linker)
        try await world.decide(denied, approve: false)
        world.clock.advance(by: 599.999)
        #expect(try await world.poll(started, linker) == .pending)
        world.clock.advance(by: 0.001)
        #expect(try await world.poll(started, linker) == .expired)
        #expect(try await world.poll(denied, linker) == .denied)
        // Who proves nothing is told nothing of either.
        #expect(try await poll(started.id) == .unknown)
        #expect(try await poll(denied.id) == .unknown)
    }

    @Test func `an account or client that is disabled after the approval gets nothing`() async throws {
        let started = try await world.start(linker)
        try await world.decide(started)
        try await world.setAccount(active: false)
        #expect(try await world.poll(started, linker) == .denied)
        try await world.setAccount(active: true)
        try await world.setClient(linker, active: false)
        #expect(try await world.poll(started, linker) == .denied)
        #expect(try await world.sessions().opened == 0)
        // Neither attempt used the approval up.
        try await world.setClient(linker, active: true)
        #expect(try await world.poll(started, linker).reply != nil)
    }

    @Test(arguments: ["", "x", "kfq_", "'; DROP TABLE browser_requests; --", "\0", "kfd_x"])
    func `garbage is unknown`(text: String) async throws {
        let started = try await world.start(linker, TestWorld.secretive)
        try await world.decide(started)
        #expect(try await poll(text) == .unknown)
        #expect(try await poll(text, secret: started.pollSecret) == .unknown)
        #expect(try await poll(started.id, secret: text) == .unknown)
        #expect(try await poll(started.id, secret: started.pollSecret, verifier: text) == .unknown)
        #expect(try await poll(started.id + text + "a", secret: started.pollSecret) == .unknown)
        #expect(try await world.poll(started, linker).reply != nil)
    }

    @Test func `a redemption that cannot be written down leaves the request good`() async throws {
        let started = try await world.start(linker)
        try await world.decide(started)
        try await world.database.write { try $0.execute("ALTER TABLE audit_events RENAME TO set_aside") }
        await #expect(throws: (any Error).self) { try await world.poll(started, linker) }
        try await world.database.write { try $0.execute("ALTER TABLE set_aside RENAME TO audit_events") }
        #expect(try await world.poll(started, linker).reply != nil)
    }

    @Test func `a request goes an hour after its life, so that late polls are told of the expiry`() async throws {
        let started = try await world.start(linker)
        world.clock.advance(by: 600 + 3599.999)
        // The count of what the network has begun; the request itself stays.
        #expect(try await world.server.cleanUp() == 1)
        #expect(try await world.poll(started, linker) == .expired)
        world.clock.advance(by: 0.001)
        #expect(try await world.server.cleanUp() == 1)
        #expect(try await world.poll(started, linker) == .unknown)
    }
}
