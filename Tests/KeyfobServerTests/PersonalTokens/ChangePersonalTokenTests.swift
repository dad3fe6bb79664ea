import FoundationEssentials
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

struct ChangePersonalTokenTests {
    private let world: TestWorld
    private let kind = TestWorld.kind()

    init() async throws {
        world = try await TestWorld.open()
    }

    private func rename(
        _ id: String, to name: String, kind: PersonalTokenKind? = nil, account: Account? = nil
    ) async throws {
        try await world.server.renamePersonalToken(
            id, to: name, kind: kind ?? self.kind, of: account ?? world.person, from: TestWorld.home
        )
    }

    private func regenerate(
        _ id: String, life: Double? = nil, kind: PersonalTokenKind? = nil, account: Account? = nil
    ) async throws -> MadeToken {
        try await world.server.regeneratePersonalToken(
            id, expiresAt: life.map { world.clock.now.addingTimeInterval($0) }, kind: kind ?? self.kind,
            of: account ?? world.person, from: TestWorld.home
        )
    }

    private func revoke(_ id: String, client: String = "tool", account: Account? = nil) async throws {
        try await world.server.revokePersonalToken(
            id, client: client, of: account ?? world.person, from: TestWorld.home
        )
    }

    @Test func `a new name changes nothing else`() async throws {
        let made = try await world.makeToken()
        try await rename(made.token.id, to: "desk")
        #expect(try await world.current(made.token).name == "desk")
        #expect(try await world.server.accessGrant(made.secret) != nil)
        #expect(try await world.events().last == "personal-token.renamed")
        await expectRefusal(.invalidInput) { try await rename(made.token.id, to: " ") }
    }

    @Test func `with a new secret the old one, and what it was exchanged for, end at once`() async throws {
        let made = try await world.makeToken(life: 60)
        let exchanged = try await world.exchange(made.secret).accessToken
        world.clock.advance(by: 10)
        let renewed = try await regenerate(made.token.id)
        #expect(renewed.token.id == made.token.id)
        #expect(renewed.token.expiresAt == nil)
        #expect(renewed.token.createdAt == world.clock.now)
        #expect(renewed.token.lastUsedAt == nil)
        #expect(renewed.token.start == String(renewed.secret.prefix(7)))
        #expect(try await world.server.accessGrant(made.secret) == nil)
        #expect(try await world.server.accessGrant(exchanged) == nil)
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret) }
        #expect(try await world.server.accessGrant(renewed.secret)?.tokenID == made.token.id)
        let again = try await world.exchange(renewed.secret).accessToken
        #expect(try await world.server.accessGrant(again) != nil)
        #expect(try await world.server.accessGrant(exchanged) == nil)
    }

    @Test func `an expired token comes back with a new secret, if there is room`() async throws {
        let kind = TestWorld.kind(maximumActive: 1)
        let made = try await world.makeToken(kind, life: 60)
        _ = try await regenerate(made.token.id, life: 60, kind: kind)
        world.clock.advance(by: 60)
        let other = try await world.makeToken(kind)
        await expectRefusal(.limitReached) { try await regenerate(made.token.id, kind: kind) }
        try await revoke(other.token.id)
        let renewed = try await regenerate(made.token.id, kind: kind)
        #expect(try await world.server.accessGrant(renewed.secret) != nil)
    }

    @Test func `a revoked token does not come back`() async throws {
        let made = try await world.makeToken()
        try await revoke(made.token.id)
        await expectRefusal(.notFound) { try await regenerate(made.token.id) }
        #expect(try await world.current(made.token).state(at: world.clock.now) == .revoked)
    }

    @Test func `what a kind does not allow is refused`() async throws {
        let strict = PersonalTokenKind(
            clientID: "tool", format: TestWorld.personalFormat, shownCharacters: 7,
            standardScopes: Scopes(["openid"]), lives: [.days(7)], canRename: false
        )
        let made = try await world.makeToken(strict, life: 60)
        await expectRefusal(.forbidden) { try await rename(made.token.id, to: "x", kind: strict) }
        await expectRefusal(.forbidden) { try await regenerate(made.token.id, life: 60, kind: strict) }
        await expectRefusal(.invalidInput) { try await regenerate(made.token.id, life: 0) }
    }

    @Test func `another person's token and another client's are as unknown as none`() async throws {
        let made = try await world.makeToken()
        let eve = try await world.anotherPerson()
        let otherKind = TestWorld.kind(client: "other")
        for (id, account, kind) in [
            (made.token.id, eve, kind), (made.token.id, world.person, otherKind), ("none", world.person, kind),
            ("", world.person, kind), (made.secret, world.person, kind),
        ] {
            await expectRefusal(.notFound) {
                try await world.server.personalToken(id, client: kind.clientID, of: account)
            }
            await expectRefusal(.notFound) { try await rename(id, to: "mine", kind: kind, account: account) }
            await expectRefusal(.notFound) { try await regenerate(id, kind: kind, account: account) }
            await expectRefusal(.notFound) { try await revoke(id, client: kind.clientID, account: account) }
        }
        #expect(try await world.server.personalTokens(of: eve, client: nil).isEmpty)
        #expect(try await world.current(made.token) == made.token)
        #expect(try await world.server.accessGrant(made.secret) != nil)
    }

    @Test func `a revoked token is over at once, and its second revocation changes nothing`() async throws {
        let made = try await world.makeToken()
        let exchanged = try await world.exchange(made.secret).accessToken
        try await revoke(made.token.id)
        let revokedAt = world.clock.now
        world.clock.advance(by: 5)
        try await revoke(made.token.id)
        #expect(try await world.current(made.token).revokedAt == revokedAt)
        #expect(try await world.server.accessGrant(made.secret) == nil)
        #expect(try await world.server.accessGrant(exchanged) == nil)
        await expectRefusal(.invalidGrant) { try await world.exchange(made.secret) }
        #expect(try await world.events().suffix(2) == ["session.ended", "personal-token.revoked"])
        #expect(try await world.events().count { $0 == "personal-token.revoked" } == 1)
    }

    @Test func `a disabled person's tokens can be revoked, and the operator can revoke anyone's`() async throws {
        let (first, second) = (try await world.makeToken(), try await world.makeToken())
        try await world.setAccount(active: false)
        try await revoke(first.token.id)
        try await world.server.revokePersonalToken(second.token.id)
        await expectRefusal(.notFound) { try await world.server.revokePersonalToken("none") }
        try await world.setAccount(active: true)
        for made in [first, second] {
            #expect(try await world.server.accessGrant(made.secret) == nil)
        }
    }
}
