import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct ProjectKeyTests {
    /// Ada's organization with two projects.
    private static func open(policy: Policy = Policy()) async throws -> TestWorld {
        let world = try await TestWorld.open(policy: policy)
        try await world.organization()
        for name in ["Web", "Shop"] {
            _ = try await world.server.createProject(name: name, in: "acme", by: world.ada)
        }
        return world
    }

    private static func key(
        _ world: TestWorld, _ project: String = "web", by principal: Principal? = nil
    ) async throws -> (key: ProjectKey, secret: String) {
        try await world.server.createProjectKey(
            TestWorld.keyKind, name: "CI", project: project, by: principal ?? world.ada
        )
    }

    @Test func `a key stands for its project, with its scopes`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        #expect(secret.wholeMatch(of: /pk_proj_[0-9a-f]{40}/) != nil)
        #expect(key.start == String(secret.prefix(12)))
        #expect(key.scopes == Scopes(["deploy"]))
        #expect(key.state == .active)
        #expect(key.createdBy == world.person.id)
        let grant = try #require(try await world.server.projectGrant(secret, kind: TestWorld.keyKind))
        #expect(grant.project == (try await world.server.project("web", for: world.ada)))
        #expect(grant.organization.slug == "acme")
        #expect(grant.key == key)
    }

    @Test func `scopes are the kind's only`() async throws {
        let world = try await Self.open()
        let both = Scopes(["settings", "deploy"])
        let key = try await world.server.createProjectKey(
            TestWorld.keyKind, name: "CI", scopes: both, project: "web", by: world.ada
        ).key
        #expect(key.scopes == both)
        await expectRefusal(.invalidScope) {
            try await world.server.createProjectKey(
                TestWorld.keyKind, name: "CI", scopes: Scopes(["root"]), project: "web", by: world.ada
            )
        }
    }

    @Test func `any prefix or suffix of a key, and any other text, stands for nothing`() async throws {
        let world = try await Self.open()
        let secret = try await Self.key(world).secret
        let last = secret.hasSuffix("0") ? "1" : "0"
        let texts = [
            "", String(secret.dropLast()), String(secret.dropFirst()), secret + "0", " " + secret, secret + "\n",
            secret.uppercased(), String(secret.dropLast()) + last, TokenFormat.hash(secret), String(secret.prefix(12)),
            String(repeating: secret, count: 2), "sk" + secret.dropFirst(2), "%", "pk_proj_" + secret,
        ]
        for text in texts {
            #expect(try await world.server.projectGrant(text, kind: TestWorld.keyKind) == nil, "\(text.count)")
        }
        #expect(try await world.server.projectGrant(secret, kind: .standard) == nil)
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) != nil)
    }

    @Test func `a key is no access token, and an access token is no key`() async throws {
        let world = try await Self.open()
        let secret = try await Self.key(world).secret
        let token = try await world.signIn().accessToken
        #expect(try await world.server.accessGrant(secret) == nil)
        #expect(try await world.server.projectGrant(token, kind: TestWorld.keyKind) == nil)
        #expect(try await world.server.introspect(secret, for: world.service).active == false)
    }

    @Test func `a revoked key stands for nothing from that moment on`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        let other = try await Self.key(world).secret
        try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) == nil)
        #expect(try await world.server.projectGrant(other, kind: TestWorld.keyKind) != nil)
        let listed = try await world.server.projectKeys(of: "web", for: world.ada)
        #expect(listed.first { $0.id == key.id }?.state == .revoked(at: world.clock.now))
        // Again: nothing changes, and nothing is written down twice.
        let count = try await world.events().count
        world.clock.advance(by: 5.5)
        try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
        #expect(try await world.server.projectKeys(of: "web", for: world.ada) == listed)
        #expect(try await world.events().count == count)
    }

    @Test func `a key of another project or organization can't be revoked or seen`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        try await world.organization("globex", owner: nil)
        let bob = try await world.someone("bob", in: "globex", as: .owner)
        _ = try await world.server.createProject(name: "Web", in: "globex", by: bob)
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: "shop", by: world.ada) }
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: "globex/web", by: bob) }
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: "acme/web", by: bob) }
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: key.projectID, by: bob) }
        await expectRefusal(.notFound) { try await world.server.projectKeys(of: key.projectID, for: bob) }
        #expect(try await world.server.projectKeys(of: "web", for: bob) == [])
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) != nil)
    }

    @Test func `members see the list, and only owners and admins make and revoke keys`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        let member = try await world.someone("member", in: "acme")
        let stranger = try await world.someone("stranger")
        #expect(try await world.server.projectKeys(of: "web", for: member) == [key])
        await expectRefusal(.forbidden) { try await Self.key(world, by: member) }
        await expectRefusal(.forbidden) { try await world.server.revokeProjectKey(key.id, of: "web", by: member) }
        await expectRefusal(.notFound) { try await Self.key(world, by: stranger) }
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: "web", by: stranger) }
        await expectRefusal(.notFound) { try await world.server.projectKeys(of: "web", for: stranger) }
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) != nil)
    }

    @Test func `a disabled account makes and revokes no key, and the keys that it made live on`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        #expect(try await world.server.keysMade(by: world.person) == 1)
        let ada = world.ada
        _ = try await world.server.setAccount("ada", .disabled)
        await expectRefusal(.notFound) { try await Self.key(world, by: ada) }
        await expectRefusal(.notFound) { try await world.server.revokeProjectKey(key.id, of: "web", by: ada) }
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) != nil)
        try await world.server.revokeProjectKey(key.id, of: "web", by: .operator)
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) == nil)
        #expect(try await world.server.keysMade(by: world.person) == 0)
    }

    @Test func `the last use is noted once a minute`() async throws {
        let world = try await Self.open()
        let secret = try await Self.key(world).secret
        var noted: [Double?] = []
        let start = world.clock.now
        for wait in [0, 59.999, 0.001, 30] {
            world.clock.advance(by: wait)
            _ = try await world.server.projectGrant(secret, kind: TestWorld.keyKind)
            let used = try await world.server.projectKeys(of: "web", for: world.ada).first?.lastUsedAt
            noted.append(used?.timeIntervalSince(start))
        }
        #expect(noted == [0, 0, 60, 60])
    }

    @Test func `a key that can't be noted is good all the same`() async throws {
        let world = try await Self.open()
        let secret = try await Self.key(world).secret
        try await world.database.write {
            try $0.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON project_keys BEGIN SELECT RAISE(ABORT, 'no space'); END"
            )
        }
        #expect(try await world.server.projectGrant(secret, kind: TestWorld.keyKind) != nil)
    }

    @Test func `a project has no more live keys than it may`() async throws {
        var policy = Policy()
        policy.liveKeys = 2
        let world = try await Self.open(policy: policy)
        let key = try await Self.key(world).key
        _ = try await Self.key(world)
        await expectRefusal(.limitReached) { try await Self.key(world) }
        _ = try await Self.key(world, "shop")
        try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
        _ = try await Self.key(world)
    }

    @Test func `a list has every live key, and no end of revoked ones`() async throws {
        var policy = Policy()
        policy.liveKeys = 2
        let world = try await Self.open(policy: policy)
        let oldest = try await Self.key(world).key
        var revoked: [String] = []
        for _ in 0..<5 {
            world.clock.advance(by: 1)
            let key = try await Self.key(world).key
            try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
            revoked.insert(key.id, at: 0)
        }
        let listed = try await world.server.projectKeys(of: "web", for: world.ada).map(\.id)
        #expect(listed == revoked.prefix(3) + [oldest.id])
    }

    @Test func `the secret is in no row, no error and no audit event`() async throws {
        let world = try await Self.open()
        let (key, secret) = try await Self.key(world)
        _ = try await world.server.projectGrant(secret, kind: TestWorld.keyKind)
        try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
        let files = ["/keyfob.db", "/keyfob.db-wal"].map { URL(filePath: world.folder.path + $0) }
        let bytes = try files.reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
        #expect(bytes.firstRange(of: Data(TokenFormat.hash(secret).utf8)) != nil)
        #expect(bytes.firstRange(of: Data(secret.utf8)) == nil)
        #expect(bytes.firstRange(of: Data(secret.dropFirst(12).utf8)) == nil)
    }

    @Test func `a revoked key is listed for ninety days`() async throws {
        let world = try await Self.open()
        let key = try await Self.key(world).key
        _ = try await Self.key(world)
        try await world.server.revokeProjectKey(key.id, of: "web", by: world.ada)
        _ = try await world.server.cleanUp()
        world.clock.advance(by: 90 * 86_400 - 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await world.server.projectKeys(of: "web", for: world.ada).count == 2)
        world.clock.advance(by: 0.001)
        #expect(try await world.server.cleanUp() == 1)
        #expect(try await world.server.projectKeys(of: "web", for: world.ada).map(\.state) == [.active])
    }
}
