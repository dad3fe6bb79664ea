import KeyfobServer
import KeyfobTestSupport
import Testing

struct OrganizationTests {
    @Test func `an organization is found by its slug and its identifier, by its members only`() async throws {
        let world = try await TestWorld.open()
        let acme = try await world.organization()
        let stranger = try await world.someone("bob")
        #expect(acme.id.wholeMatch(of: /org_[0-9]{12}/) != nil)
        for reference in ["acme", acme.id] {
            #expect(try await world.server.organization(reference, for: world.ada) == acme)
            #expect(try await world.server.organization(reference, for: .operator) == acme)
            await expectRefusal(.notFound) { try await world.server.organization(reference, for: stranger) }
        }
    }

    @Test func `one of other people and one that is not there are the same refusal`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let stranger = try await world.someone("bob")
        let foreign = try await refusal { try await world.server.organization("acme", for: stranger) }
        let missing = try await refusal { try await world.server.organization("nobody", for: stranger) }
        #expect(foreign.description == missing.description)
        #expect(foreign.code == missing.code)
    }

    @Test(arguments: ["ACME", " acme", "acme ", "acme\n", "acme\0", "acme/", "%", "_cme", "a' OR '1'='1", "", "ACME "])
    func `nothing but the very slug names an organization`(reference: String) async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        await expectRefusal(.notFound) { try await world.server.organization(reference, for: world.ada) }
        await expectRefusal(.notFound) { try await world.server.organization(reference, for: .operator) }
    }

    @Test func `a slug is checked, is taken once, and is no word that means something else`() async throws {
        let world = try await TestWorld.open()
        let server = world.server
        try await world.organization()
        await expectRefusal(.alreadyExists) { try await server.addOrganization(slug: "acme", name: "Other") }
        await expectRefusal(.alreadyExists) { try await server.addOrganization(name: "ACME!") }
        for slug in ["token", "org", "me", "new", "Acme", "a--b", ""] {
            await expectRefusal(.invalidInput) { try await server.addOrganization(slug: slug, name: "Name") }
        }
        for name in ["", "   ", "a\u{202E}b", "a\u{2028}b", "a\nb", String(repeating: "a", count: 101), "Token", "💡"] {
            await expectRefusal(.invalidInput) { try await server.addOrganization(name: name) }
        }
        #expect(try await server.organizations().map(\.slug) == ["acme"])
    }

    @Test func `an organization whose owner is not known is not made`() async throws {
        let world = try await TestWorld.open()
        await expectRefusal(.notFound) {
            try await world.server.addOrganization(slug: "acme", name: "Acme", owner: "nobody")
        }
        #expect(try await world.server.organizations() == [])
    }

    @Test func `a person sees their organizations, the one joined first at the head`() async throws {
        let world = try await TestWorld.open()
        try await world.organization("zebra")
        world.clock.advance(by: 1)
        try await world.organization("acme", owner: nil)
        try await world.organization("other", owner: nil)
        let added = try await world.server.addMember("ADA", to: "acme", role: .member)
        let memberships = try await world.server.organizations(of: world.person)
        #expect(memberships.map(\.organization.slug) == ["zebra", "acme"])
        #expect(memberships.map(\.role) == [.owner, .member])
        #expect(memberships.last == added)
    }

    @Test func `adding a member again changes the role and nothing else`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let first = try await world.server.members(of: "acme", for: world.ada)
        world.clock.advance(by: 60)
        _ = try await world.server.addMember("ada", to: "acme", role: .member)
        let second = try await world.server.members(of: "acme", for: world.ada)
        #expect(first.map(\.role) == [.owner])
        #expect(second.map(\.role) == [.member])
        #expect(first.map(\.since) == second.map(\.since))
    }

    @Test func `who left sees nothing from that moment on, though what they made stays`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let project = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        try await world.server.removeMember("ada", from: "acme")
        #expect(try await world.server.organizations(of: world.person) == [])
        #expect(try await world.server.projects(for: world.ada) == [])
        await expectRefusal(.notFound) { try await world.server.project(project.id, for: world.ada) }
        await expectRefusal(.notFound) { try await world.server.members(of: "acme", for: world.ada) }
        await expectRefusal(.notFound) { try await world.server.removeMember("ada", from: "acme") }
        #expect(try await world.server.projects(for: .operator) == [project])
    }

    @Test func `a disabled account sees and changes nothing, until it is enabled again`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        _ = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        try await world.server.setOrganizationSecret("key", value: "v", of: "acme")
        // The value from before: a request may hold one.
        let ada = world.ada
        #expect(try await world.server.setAccount("ada", .disabled).state == .disabled)
        #expect(try await world.server.organizations(of: world.person) == [])
        #expect(try await world.server.projects(for: ada) == [])
        await expectRefusal(.notFound) { try await world.server.organization("acme", for: ada) }
        await expectRefusal(.notFound) { try await world.server.organizationSecret("key", of: "acme", for: ada) }
        await expectRefusal(.notFound) { try await world.server.createProject(name: "New", in: "acme", by: ada) }
        await expectRefusal(.notFound) { try await world.server.project("web", for: ada) }
        _ = try await world.server.setAccount("ada", .active)
        #expect(try await world.server.projects(for: ada).map(\.slug) == ["web"])
    }

    @Test func `the operator's work is written down`() async throws {
        let world = try await TestWorld.open()
        let count = try await world.events().count
        try await world.organization()
        _ = try await world.server.addMember("ada", to: "acme", role: .admin)
        try await world.server.removeMember("ada", from: "acme")
        _ = try await world.server.setAccount("ada", .disabled)
        _ = try await world.server.setAccount("ada", .disabled)
        _ = try await world.server.setAccount("ada", .active)
        #expect(
            try await world.events(after: count) == [
                "organization.added", "organization.member-added", "organization.member-added",
                "organization.member-removed", "account.disabled", "account.enabled",
            ]
        )
    }
}
