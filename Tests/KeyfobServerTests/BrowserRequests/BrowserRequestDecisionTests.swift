import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// Who may decide about a request, and when.
struct BrowserRequestDecisionTests {
    private let world: TestWorld
    private let linker: Client

    init() async throws {
        world = try await TestWorld.open()
        linker = try await world.linker()
    }

    @Test func `the request shows who asks, from where and for what, and looking changes nothing`() async throws {
        let started = try await world.start(linker, scope: "openid")
        let shown = try #require(try await world.server.browserRequest(started.id, clientID: "linker"))
        #expect(shown.client == linker)
        #expect(shown.scopes == Scopes(["openid"]))
        #expect(shown.state == .pending)
        #expect(shown.requester == TestWorld.home)
        #expect(shown.createdAt == world.clock.now)
        #expect(try await world.server.claimedBrowserRequest(shown.hash, session: world.browser) == nil)
        #expect(try await world.poll(started, linker) == .pending)
    }

    @Test func `text that is no id of ours, or another client's, leads nowhere`() async throws {
        let started = try await world.start(linker)
        let unknown = BrowserRequest.idFormat.make(world.random)
        for text in ["", "x", "'", "\0", started.id + "a", String(started.id.dropLast()), unknown] {
            #expect(try await world.server.browserRequest(text, clientID: "linker") == nil)
            await expectRefusal(.noLongerPending) {
                try await world.server.claimBrowserRequest(text, session: world.browser, from: TestWorld.home)
            }
        }
        #expect(try await world.server.browserRequest(started.id, clientID: "tool") == nil)
    }

    @Test func `a session that did not claim the request cannot decide`() async throws {
        let started = try await world.start(linker)
        let other = try await world.anotherBrowser()
        let claimed = try await world.claim(started)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(claimed, approve: true, session: other, from: TestWorld.home)
        }
        #expect(try await world.server.claimedBrowserRequest(claimed.hash, session: other) == nil)
        #expect(try await world.poll(started, linker) == .pending)
    }

    @Test func `of two approvers the one who claimed last decides`() async throws {
        let started = try await world.start(linker)
        let other = try await world.anotherBrowser()
        let first = try await world.claim(started)
        let second = try await world.claim(started, session: other)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(first, approve: true, session: world.browser, from: TestWorld.home)
        }
        try await world.server.decide(second, approve: true, session: other, from: TestWorld.home)
        await expectRefusal(.noLongerPending) { try await world.claim(started) }
        #expect(try await world.poll(started, linker).reply != nil)
    }

    @Test func `a request is decided once`() async throws {
        let started = try await world.start(linker)
        let claimed = try await world.claim(started)
        try await world.server.decide(claimed, approve: false, session: world.browser, from: TestWorld.home)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(claimed, approve: true, session: world.browser, from: TestWorld.home)
        }
        #expect(try await world.poll(started, linker) == .denied)
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `sixteen decisions at once are one`() async throws {
        let started = try await world.start(linker)
        let claimed = try await world.claim(started)
        let decisions = await withTaskGroup { group in
            for index in 0..<16 {
                group.addTask { [world] in
                    let decision: Void? = try? await world.server.decide(
                        claimed, approve: index.isMultiple(of: 2), session: world.browser, from: TestWorld.home
                    )
                    return decision == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(decisions == 1)
    }

    @Test func `where a code is shown, nobody claims without it`() async throws {
        let started = try await world.start(linker, TestWorld.secretive)
        let wrong = UserCode(.letters, random: world.random).display
        for code in ["", wrong, "x", "' OR 1=1 --"] {
            await expectRefusal(.unknownUserCode) {
                try await world.server.claimBrowserRequest(
                    started.id, code: code, session: world.browser, from: TestWorld.home
                )
            }
        }
        await expectRefusal(.noLongerPending) {
            try await world.server.claimBrowserRequest(started.id, session: world.browser, from: TestWorld.home)
        }
        let code = try #require(started.code).display.lowercased()
        let claimed = try await world.server.claimBrowserRequest(
            started.id, code: code, session: world.browser, from: TestWorld.home
        )
        #expect(claimed.code == started.code)
    }

    @Test func `the code of one request does not claim another`() async throws {
        let started = try await world.start(linker, TestWorld.secretive)
        let other = try await world.start(linker, TestWorld.secretive)
        await expectRefusal(.unknownUserCode) {
            try await world.server.claimBrowserRequest(
                started.id, code: other.code?.display, session: world.browser, from: TestWorld.home
            )
        }
    }

    @Test func `wrong codes are limited, and each is written down`() async throws {
        var policy = Policy()
        policy.userCodeAttempts = 2
        let world = try await TestWorld.open(policy: policy)
        let started = try await world.start(try await world.linker(), TestWorld.secretive)
        for _ in 0..<2 {
            await expectRefusal(.unknownUserCode) {
                try await world.server.claimBrowserRequest(
                    started.id, code: "BBBB-BBBB", session: world.browser, from: TestWorld.home
                )
            }
        }
        await expectRefusal(.throttled(seconds: 900)) { try await world.claim(started) }
        #expect(try await world.events().suffix(2) == ["request.code-unknown", "request.code-unknown"])
    }

    @Test func `after its life a request can be neither claimed nor decided`() async throws {
        let started = try await world.start(linker)
        let claimed = try await world.claim(started)
        world.clock.advance(by: 600)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(claimed, approve: true, session: world.browser, from: TestWorld.home)
        }
        await expectRefusal(.noLongerPending) { try await world.claim(started) }
        #expect(try await world.server.browserRequest(started.id, clientID: "linker")?.state == .expired)
        #expect(try await world.poll(started, linker) == .expired)
    }

    @Test func `a disabled account or client decides nothing`() async throws {
        let started = try await world.start(linker)
        let claimed = try await world.claim(started)
        try await world.setAccount(active: false)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(claimed, approve: true, session: world.browser, from: TestWorld.home)
        }
        try await world.setAccount(active: true)
        try await world.setClient(linker, active: false)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(claimed, approve: true, session: world.browser, from: TestWorld.home)
        }
        #expect(try await world.server.browserRequest(started.id, clientID: "linker") == nil)
    }

    @Test func `decisions are written down`() async throws {
        try await world.decide(try await world.start(linker))
        try await world.decide(try await world.start(linker), approve: false)
        #expect(try await world.events().suffix(2) == ["request.approved", "request.denied"])
    }
}
