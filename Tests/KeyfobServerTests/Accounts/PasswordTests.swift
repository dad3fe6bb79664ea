import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct PasswordTests {
    private static func signIn(
        _ world: TestWorld, _ username: String = "ada", _ password: String = TestWorld.password,
        from address: String? = "192.0.2.7"
    ) async throws -> String {
        try await world.server.signIn(username: username, password: password, from: Requester(address: address))
    }

    @Test func `the right password opens a session in the browser, in any case of the name`() async throws {
        let world = try await TestWorld.open()
        world.clock.advance(by: 10)
        let cookie = try await Self.signIn(world, "ADA")
        let session = try #require(try await world.server.browserSession(cookie))
        #expect(session.account == world.person)
        #expect(session.signedInAt == world.clock.now)
        #expect(BrowserSession.format.accepts(cookie))
    }

    @Test func `a name with a NUL is nobody's, not that of whoever is named before it`() async throws {
        let world = try await TestWorld.open()
        let right = try await refusal { try await Self.signIn(world, "ada\0x") }
        #expect(right.code == .wrongPassword)
    }

    @Test func `a wrong password, an unknown name and a disabled account cannot be told apart`() async throws {
        let world = try await TestWorld.open()
        let wrong = try await refusal { try await Self.signIn(world, "ada", "wrong password") }
        let unknown = try await refusal { try await Self.signIn(world, "nobody", TestWorld.password) }
        let long = try await refusal { try await Self.signIn(world, "ada", String(repeating: "a", count: 5000)) }
        try await world.setAccount(active: false)
        let disabled = try await refusal { try await Self.signIn(world) }
        for error in [wrong, unknown, long, disabled] {
            #expect(error.code == .wrongPassword)
            #expect(error.description == wrong.description)
        }
    }

    @Test(arguments: [
        "", " ", "correct horse battery stapl", "Correct horse battery staple", "correct horse battery staple ",
    ])
    func `a password is compared whole`(password: String) async throws {
        let world = try await TestWorld.open()
        await expectRefusal(.wrongPassword) { try await Self.signIn(world, "ada", password) }
    }

    @Test func `a session in the browser ends by time, by signing out, and with its account`() async throws {
        let world = try await TestWorld.open()
        let (first, second) = (try await Self.signIn(world), try await Self.signIn(world))
        let session = try #require(try await world.server.browserSession(first))
        try await world.server.signOut(session, from: TestWorld.home)
        #expect(try await world.server.browserSession(first) == nil)
        #expect(try await world.server.browserSession(second) != nil)
        try await world.setAccount(active: false)
        #expect(try await world.server.browserSession(second) == nil)
        try await world.setAccount(active: true)
        world.clock.advance(by: 12 * 3600 - 0.001)
        #expect(try await world.server.browserSession(second) != nil)
        world.clock.advance(by: 0.001)
        #expect(try await world.server.browserSession(second) == nil)
    }

    @Test func `text that is no cookie of ours opens nothing`() async throws {
        let world = try await TestWorld.open()
        let cookie = try await Self.signIn(world)
        for text in ["", String(cookie.dropLast()), cookie + "0", BrowserSession.format.make(world.random)] {
            #expect(try await world.server.browserSession(text) == nil)
        }
    }

    @Test func `after the limit even the right password waits, from that network only`() async throws {
        var policy = Policy()
        policy.signInAttempts = 3
        let world = try await TestWorld.open(policy: policy)
        for _ in 0..<3 {
            await expectRefusal(.wrongPassword) { try await Self.signIn(world, "ada", "wrong password") }
            world.clock.advance(by: 1)
        }
        await expectRefusal(.throttled(seconds: 897)) { try await Self.signIn(world) }
        await expectRefusal(.throttled(seconds: 897)) { try await Self.signIn(world, "ADA") }
        // Nobody locks a person out from elsewhere, nor somebody else from here (better-auth/better-auth#10752).
        _ = try await Self.signIn(world, from: "192.0.2.8")
        await expectRefusal(.wrongPassword) { try await Self.signIn(world, "grace") }
        world.clock.advance(by: 896.999)
        await expectRefusal(.throttled(seconds: 1)) { try await Self.signIn(world) }
        world.clock.advance(by: 0.001)
        _ = try await Self.signIn(world)
    }

    @Test func `a success does not reset the count`() async throws {
        var policy = Policy()
        policy.signInAttempts = 2
        let world = try await TestWorld.open(policy: policy)
        for _ in 0..<2 {
            _ = try await Self.signIn(world)
            await expectRefusal(.wrongPassword) { try await Self.signIn(world, "ada", "wrong password") }
        }
        await expectRefusal(.throttled(seconds: 900)) { try await Self.signIn(world) }
    }

    @Test func `guesses that come at once are limited too`() async throws {
        var policy = Policy()
        policy.signInAttempts = 3
        let world = try await TestWorld.open(policy: policy)
        let codes = await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { try? await refusal { try await Self.signIn(world, "ada", "wrong password") }.code }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == .wrongPassword } == 3)
        #expect(codes.count { $0 == .throttled(seconds: 900) } == 13)
    }

    @Test func `one network has a limit over all names, and a /64 of IPv6 is one network`() async throws {
        var policy = Policy()
        policy.networkAttempts = 3
        let world = try await TestWorld.open(policy: policy)
        for index in 1...3 {
            await expectRefusal(.wrongPassword) {
                try await Self.signIn(world, "name\(index)", "wrong password", from: "2001:db8::\(index)")
            }
        }
        await expectRefusal(.throttled(seconds: 900)) { try await Self.signIn(world, from: "2001:DB8:0:0:ffff::1") }
        _ = try await Self.signIn(world, from: "2001:db8:0:1::1")
    }

    @Test func `when too many wait, the next one is told to come back and nothing is counted`() async throws {
        var policy = Policy()
        policy.passwordWorkers = 1
        policy.passwordQueue = 0
        policy.signInAttempts = 100
        let world = try await TestWorld.open(policy: policy)
        let codes = await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { try? await refusal { try await Self.signIn(world) }.code }
            }
            return await group.reduce(into: [ServerError.Code?]()) { $0.append($1) }
        }
        #expect(codes.contains(nil))
        #expect(codes.contains(.overloaded(seconds: 2)))
        #expect(codes.allSatisfy { $0 == nil || $0 == .overloaded(seconds: 2) })
        let counted = try await world.database.read {
            try $0.execute("SELECT bucket FROM throttles WHERE attempts > 0")
        }
        #expect(counted.isEmpty)
        _ = try await Self.signIn(world)
    }
}
