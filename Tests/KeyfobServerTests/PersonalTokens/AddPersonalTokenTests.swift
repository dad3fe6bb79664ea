import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct AddPersonalTokenTests {
    private let world: TestWorld

    init() async throws {
        world = try await TestWorld.open()
    }

    @Test func `a token has what was wished for, and its secret has the kind's form`() async throws {
        let made = try await world.makeToken(name: "  my   laptop ", scopes: ["profile"], life: 86_400)
        #expect(TestWorld.personalFormat.accepts(made.secret))
        let token = made.token
        #expect(token.accountID == world.person.id)
        #expect(token.clientID == "tool")
        #expect(token.name == "my laptop")
        #expect(token.start == String(made.secret.prefix(7)))
        #expect(token.scopes == Scopes(["profile"]))
        #expect(token.createdAt == world.clock.now)
        #expect(token.expiresAt == world.clock.now.addingTimeInterval(86_400))
        #expect(token.lastUsedAt == nil)
        #expect(token.state(at: world.clock.now) == .active)
        #expect(try await world.current(token) == token)
        #expect(try await world.events().last == "personal-token.added")
    }

    @Test func `the secret is nowhere in the database, and neither is it in the audit trail`() async throws {
        let made = try await world.makeToken()
        try await world.server.keepUnseen(made.secret, of: made.token, for: "a cookie's secret")
        _ = try await world.exchange(made.secret)
        let files = ["/keyfob.db", "/keyfob.db-wal"].map { URL(filePath: world.folder.path + $0) }
        let bytes = try files.reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
        #expect(bytes.firstRange(of: Data(TokenFormat.hash(made.secret).utf8)) != nil)
        #expect(bytes.firstRange(of: Data(made.secret.utf8)) == nil)
        #expect(bytes.firstRange(of: Data("a cookie's secret".utf8)) == nil)
    }

    @Test(arguments: [
        "", "   ", "\u{A0}\u{3000}", "a\u{0}b", "a\nb", "a\u{202E}b", "a\u{2028}b", String(repeating: "x", count: 101),
    ])
    func `a name that cannot be shown is refused`(name: String) async throws {
        await expectRefusal(.invalidInput) { try await world.makeToken(name: name) }
    }

    @Test(arguments: [[], ["email"], ["openid", "admin"], ["OPENID"]])
    func `a scope that is not offered is refused, and so is none`(scopes: [String]) async throws {
        await expectRefusal(.invalidInput) { try await world.makeToken(scopes: scopes) }
    }

    @Test func `what the operator took from the client, its tokens cannot have`() async throws {
        _ = try await world.client("small") { $0.scopes = Scopes(["openid"]) }
        let kind = TestWorld.kind(client: "small")
        _ = try await world.makeToken(kind, scopes: ["openid"])
        await expectRefusal(.invalidInput) { try await world.makeToken(kind, scopes: ["profile"]) }
    }

    @Test func `without a choice of scopes a token has the standard ones, whatever is wished for`() async throws {
        let kind = PersonalTokenKind(
            clientID: "tool", format: TestWorld.personalFormat, shownCharacters: 7,
            standardScopes: Scopes(["openid", "email"]), lives: [.never]
        )
        let made = try await world.makeToken(kind, scopes: ["profile", "admin"])
        #expect(made.token.scopes == Scopes(["openid", "email"]))
    }

    @Test func `only lives that are offered can be had`() async throws {
        let day = 86_400.0
        let fixed = TestWorld.kind(lives: [.days(7), .days(30)])
        for life in [nil, 0, -1, 30 * day + 1] {
            await expectRefusal(.invalidInput) { try await world.makeToken(fixed, life: life) }
        }
        _ = try await world.makeToken(fixed, life: 30 * day)
        let free = TestWorld.kind(lives: [.date])
        _ = try await world.makeToken(free, life: 3_660 * day)
        for life in [nil, 3_660 * day + 1] {
            await expectRefusal(.invalidInput) { try await world.makeToken(free, life: life) }
        }
    }

    @Test func `of fifty tokens at once, five are made where five are allowed`() async throws {
        let kind = TestWorld.kind(maximumActive: 5)
        let made = await withTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { (try? await world.makeToken(kind)) == nil ? 0 : 1 }
            }
            return await group.reduce(0, +)
        }
        #expect(made == 5)
        let tokens = try await world.server.personalTokens(of: world.person, client: "tool")
        #expect(tokens.count == 5)
        #expect(try await world.events().count { $0 == "personal-token.added" } == 5)
        await expectRefusal(.limitReached) { try await world.makeToken(kind) }
    }

    @Test func `revoked and expired tokens do not count, nor do another client's and another person's`() async throws {
        let kind = TestWorld.kind(maximumActive: 2)
        let first = try await world.makeToken(kind)
        _ = try await world.makeToken(kind, life: 60)
        _ = try await world.makeToken(TestWorld.kind(client: "other", maximumActive: 2))
        _ = try await world.makeToken(kind, account: world.anotherPerson())
        await expectRefusal(.limitReached) { try await world.makeToken(kind) }
        try await world.server.revokePersonalToken(
            first.token.id, client: "tool", of: world.person, from: TestWorld.home)
        _ = try await world.makeToken(kind)
        await expectRefusal(.limitReached) { try await world.makeToken(kind) }
        world.clock.advance(by: 60)
        _ = try await world.makeToken(kind)
        await expectRefusal(.limitReached) { try await world.makeToken(kind) }
    }

    @Test func `nobody makes tokens without end`() async throws {
        for _ in 0..<100 {
            _ = try await world.makeToken()
        }
        await expectRefusal(.limitReached) { try await world.makeToken() }
    }

    @Test func `a disabled account and a disabled client get none`() async throws {
        try await world.setAccount(active: false)
        await expectRefusal(.forbidden) { try await world.makeToken() }
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.forbidden) { try await world.makeToken() }
    }

    @Test func `a token that cannot be written down in the audit trail is not made`() async throws {
        try await world.database.write { try $0.execute("ALTER TABLE audit_events RENAME TO set_aside") }
        let made: MadeToken? = try? await world.makeToken()
        #expect(made == nil)
        try await world.database.write { try $0.execute("ALTER TABLE set_aside RENAME TO audit_events") }
        #expect(try await world.server.personalTokens(of: world.person, client: nil).isEmpty)
    }

    @Test func `a list has the active tokens first, and the newest of them first`() async throws {
        let short = try await world.makeToken(life: 60)
        var ids: [String] = []
        for _ in 0..<3 {
            world.clock.advance(by: 30)
            ids.append(try await world.makeToken().token.id)
        }
        try await world.server.revokePersonalToken(ids[1])
        let listed = try await world.server.personalTokens(of: world.person, client: "tool").map(\.id)
        #expect(listed == [ids[2], ids[0], ids[1], short.token.id])
        #expect(try await world.server.personalTokens(of: world.person, client: "other").isEmpty)
        #expect(try await world.server.personalTokens(of: world.person, client: nil).count == 4)
    }
}
