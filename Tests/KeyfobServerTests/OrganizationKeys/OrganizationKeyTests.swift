import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct OrganizationKeyTests {
    private static func key(
        _ world: TestWorld, _ name: String = "Test Key", by principal: Principal? = nil
    ) async throws -> OrganizationKey {
        try await world.server.createOrganizationKey(
            TestWorld.publishable, name: name, organization: "acme", by: principal ?? world.ada
        )
    }

    @Test func `a key is listed as it is, and stays listed when it is revoked`() async throws {
        let world = try await TestWorld.open()
        let acme = try await world.organization()
        let first = try await Self.key(world)
        world.clock.advance(by: 1)
        let second = try await Self.key(world, "Other")
        #expect(first.value.wholeMatch(of: /pk_[0-9A-Za-z]{32}/) != nil)
        #expect(first.organizationID == acme.id)
        #expect(!first.isRevoked)
        #expect(try await world.server.organizationKeys(of: "acme", for: world.ada) == [second, first])
        try await world.server.revokeOrganizationKey(first.id, of: "acme", by: world.ada)
        world.clock.advance(by: 1)
        try await world.server.revokeOrganizationKey(first.id, of: "acme", by: world.ada)
        let listed = try await world.server.organizationKeys(of: "acme", for: world.ada)
        #expect(listed.map(\.isRevoked) == [false, true])
        #expect(listed.last?.revokedAt == second.createdAt)
        #expect(listed.map(\.value) == [second.value, first.value])
    }

    @Test func `members see the list, and only owners and admins change it`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let key = try await Self.key(world)
        let admin = try await world.someone("admin", in: "acme", as: .admin)
        let member = try await world.someone("member", in: "acme")
        let stranger = try await world.someone("stranger")
        #expect(try await world.server.organizationKeys(of: "acme", for: member) == [key])
        await expectRefusal(.forbidden) { try await Self.key(world, by: member) }
        await expectRefusal(.forbidden) {
            try await world.server.revokeOrganizationKey(key.id, of: "acme", by: member)
        }
        await expectRefusal(.notFound) { try await world.server.organizationKeys(of: "acme", for: stranger) }
        await expectRefusal(.notFound) { try await Self.key(world, by: stranger) }
        await expectRefusal(.notFound) {
            try await world.server.revokeOrganizationKey(key.id, of: "acme", by: stranger)
        }
        #expect(try await world.server.organizationKeys(of: "acme", for: member) == [key])
        try await world.server.revokeOrganizationKey(key.id, of: "acme", by: admin)
    }

    @Test func `an owner of another organization can't revoke a key through their own`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        try await world.organization("globex", owner: nil)
        let bob = try await world.someone("bob", in: "globex", as: .owner)
        let key = try await Self.key(world)
        for identifier in [key.id, key.value, "", "%", "nothing"] {
            await expectRefusal(.notFound) {
                try await world.server.revokeOrganizationKey(identifier, of: "globex", by: bob)
            }
        }
        await expectRefusal(.notFound) {
            try await world.server.revokeOrganizationKey(key.value, of: "acme", by: world.ada)
        }
        #expect(try await world.server.organizationKeys(of: "acme", for: world.ada) == [key])
        #expect(try await world.server.organizationKeys(of: "globex", for: bob) == [])
    }

    @Test func `keys are named, and no more of them live than may`() async throws {
        var policy = Policy()
        policy.liveKeys = 1
        let world = try await TestWorld.open(policy: policy)
        try await world.organization()
        for name in ["", "  ", "a\u{7}b", String(repeating: "a", count: 101)] {
            await expectRefusal(.invalidInput) { try await Self.key(world, name) }
        }
        let key = try await Self.key(world)
        await expectRefusal(.limitReached) { try await Self.key(world) }
        try await world.server.revokeOrganizationKey(key.id, of: "acme", by: world.ada)
        _ = try await Self.key(world)
    }

    @Test func `a list has every live key, and no end of revoked ones`() async throws {
        var policy = Policy()
        policy.liveKeys = 2
        let world = try await TestWorld.open(policy: policy)
        try await world.organization()
        let oldest = try await Self.key(world)
        var revoked: [String] = []
        for _ in 0..<5 {
            world.clock.advance(by: 1)
            let key = try await Self.key(world)
            try await world.server.revokeOrganizationKey(key.id, of: "acme", by: world.ada)
            revoked.insert(key.id, at: 0)
        }
        let listed = try await world.server.organizationKeys(of: "acme", for: world.ada).map(\.id)
        #expect(listed == revoked.prefix(3) + [oldest.id])
    }

    @Test func `a publishable key opens nothing`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let key = try await Self.key(world)
        #expect(try await world.server.accessGrant(key.value) == nil)
        #expect(try await world.server.projectGrant(key.value, kind: .standard) == nil)
    }

    @Test func `what happened to keys and projects is written down with who did it`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let count = try await world.events().count
        let key = try await Self.key(world)
        try await world.server.revokeOrganizationKey(key.id, of: "acme", by: world.ada)
        _ = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        let made = try await world.server.createProjectKey(.standard, name: "CI", project: "web", by: world.ada)
        try await world.server.revokeProjectKey(made.key.id, of: "web", by: world.ada)
        #expect(
            try await world.events(after: count) == [
                "organization.key-added", "organization.key-revoked", "project.added", "project.key-added",
                "project.key-revoked",
            ]
        )
        let actors = try await world.database.read {
            try $0.execute("SELECT account_id FROM audit_events WHERE kind LIKE '%.key-%'").map {
                try $0.optionalText("account_id")
            }
        }
        #expect(actors == [String?](repeating: world.person.id, count: 4))
    }
}
