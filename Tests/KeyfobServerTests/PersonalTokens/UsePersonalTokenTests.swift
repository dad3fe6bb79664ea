import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct UsePersonalTokenTests {
    private let world: TestWorld

    init() async throws {
        world = try await TestWorld.open()
    }

    private func isGood(_ secret: String) async throws -> Bool {
        try await world.server.accessGrant(secret) != nil
    }

    @Test func `a token stands for its owner, its client and its scopes`() async throws {
        let made = try await world.makeToken(scopes: ["openid", "profile"], life: 60)
        let grant = try #require(try await world.server.accessGrant(made.secret))
        #expect(grant.account == world.person)
        #expect(grant.clientID == "tool")
        #expect(grant.scopes == Scopes(["openid", "profile"]))
        #expect(grant.source == .personalToken(made.token.id))
        #expect(grant.tokenID == made.token.id)
        #expect(grant.issuedAt == made.token.createdAt)
        #expect(grant.expiresAt == made.token.expiresAt)
    }

    @Test func `it is good until the last millisecond of its life`() async throws {
        let made = try await world.makeToken(life: 60)
        world.clock.advance(by: 59.999)
        #expect(try await isGood(made.secret))
        world.clock.advance(by: 0.001)
        #expect(try await !isGood(made.secret))
        #expect(made.token.state(at: world.clock.now) == .expired)
    }

    @Test func `of a disabled account or client it is no good, and good again afterwards`() async throws {
        let secret = try await world.makeToken().secret
        try await world.setAccount(active: false)
        #expect(try await !isGood(secret))
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        #expect(try await !isGood(secret))
        try await world.setClient(world.tool, active: true)
        #expect(try await isGood(secret))
    }

    /// CVE-2026-27840.
    @Test func `any part of a token and any longer text is nobody's`() async throws {
        let secret = try await world.makeToken().secret
        for wrong in [
            "", String(secret.dropLast()), String(secret.dropFirst()), secret + "0", " " + secret, secret + "\n",
            secret.uppercased(), "pt_", TestWorld.personalFormat.make(world.random),
        ] {
            #expect(try await !isGood(wrong), "\(wrong.count)")
        }
        #expect(try await isGood(secret))
    }

    @Test func `one form may be a session's and a personal token's`() async throws {
        let client = try await world.client("opaque") {
            $0.accessToken = .opaque(TestWorld.personalFormat, life: nil)
        }
        let session = try await world.signIn(client).accessToken
        let personal = try await world.makeToken(TestWorld.kind(client: "opaque")).secret
        let first = try #require(try await world.server.accessGrant(session))
        let second = try #require(try await world.server.accessGrant(personal))
        #expect(!first.sessionID.isEmpty)
        #expect(second.sessionID.isEmpty)
    }

    @Test func `its use is written down once a minute at most`() async throws {
        let made = try await world.makeToken()
        #expect(try await world.current(made.token).lastUsedAt == nil)
        let first = world.clock.now
        _ = try await isGood(made.secret)
        #expect(try await world.current(made.token).lastUsedAt == first)
        world.clock.advance(by: 59.999)
        _ = try await isGood(made.secret)
        #expect(try await world.current(made.token).lastUsedAt == first)
        world.clock.advance(by: 0.001)
        _ = try await isGood(made.secret)
        #expect(try await world.current(made.token).lastUsedAt == world.clock.now)
    }

    @Test func `the use of what it was exchanged for is its use`() async throws {
        let made = try await world.makeToken()
        let reply = try await world.exchange(made.secret, life: 7_200)
        world.clock.advance(by: 3_600)
        _ = try await isGood(reply.accessToken)
        #expect(try await world.current(made.token).lastUsedAt == world.clock.now)
    }

    @Test func `a use that cannot be written down refuses nobody`() async throws {
        let made = try await world.makeToken()
        try await world.database.write {
            try $0.execute(
                """
                CREATE TRIGGER full_disk BEFORE UPDATE ON personal_tokens
                    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """
            )
        }
        #expect(try await isGood(made.secret))
        #expect(try await world.current(made.token).lastUsedAt == nil)
    }

    /// [RFC 7662 section 2.2](https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
    @Test func `introspection tells what it is worth`() async throws {
        let made = try await world.makeToken(life: 60)
        var expected = IntrospectionReply(active: true)
        expected.scope = Scopes(["openid"])
        expected.clientID = "tool"
        expected.username = "ada"
        expected.tokenType = "Bearer"
        expected.expiresAt = world.clock.seconds + 60
        expected.issuedAt = world.clock.seconds
        expected.subject = world.person.id
        expected.audience = TestWorld.issuer
        expected.issuer = TestWorld.issuer
        expected.tokenID = made.token.id
        #expect(try await world.server.introspect(made.secret, for: world.service) == expected)
        world.clock.advance(by: 60)
        #expect(try await world.server.introspect(made.secret, for: world.service) == IntrospectionReply())
    }
}
