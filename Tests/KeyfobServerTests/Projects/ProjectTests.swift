import KeyfobServer
import KeyfobTestSupport
import Testing

struct ProjectTests {
    @Test func `a project is found by identifier, slug, organization and slug, and name`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let project = try await world.server.createProject(
            name: "My Web Shop", description: "Sells things", in: "acme", by: world.ada
        )
        #expect(project.slug == "my-web-shop")
        #expect(project.description == "Sells things")
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(project.id.wholeMatch(of: form) != nil)
        for reference in [project.id, "my-web-shop", "acme/my-web-shop", "My Web Shop"] {
            #expect(try await world.server.project(reference, for: world.ada) == project)
            #expect(try await world.server.project(reference, for: .operator) == project)
        }
        for reference in [
            "", "%", "my_web_shop", "MY-WEB-SHOP", "acme/", "/my-web-shop", "' OR ''='", "my-web-shop ",
            "my-web-shop\0",
        ] {
            await expectRefusal(.notFound) { try await world.server.project(reference, for: world.ada) }
        }
    }

    @Test func `nobody's naming hides another project`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let web = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        let byIdentifier = try await world.server.createProject(name: web.id, in: "acme", by: world.ada)
        let bySlug = try await world.server.createProject(name: "web", slug: "other", in: "acme", by: world.ada)
        #expect(byIdentifier.slug == "p-" + web.id)
        #expect(try await world.server.project(web.id, for: world.ada) == web)
        #expect(try await world.server.project("web", for: world.ada) == web)
        #expect(try await world.server.project("other", for: world.ada) == bySlug)
        await expectRefusal(.invalidInput) {
            try await world.server.createProject(name: "x", slug: web.id, in: "acme", by: world.ada)
        }
    }

    @Test func `a slug that two organizations have is asked for`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        try await world.organization("globex")
        _ = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        let second = try await world.server.createProject(name: "Web", in: "globex", by: world.ada)
        let error = try await refusal { try await world.server.project("web", for: world.ada) }
        #expect(error.code == .invalidInput)
        #expect(error.description.hasSuffix("say which of acme/web, globex/web"))
        #expect(try await world.server.project("globex/web", for: world.ada) == second)
        #expect(try await world.server.projects(for: world.ada, in: "globex") == [second])
        // Somebody else's project of that name changes nothing.
        let bob = try await world.someone("bob", in: "globex")
        #expect(try await world.server.project("web", for: bob) == second)
    }

    @Test func `a second project of a name gets a number, unless its slug was asked for`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let names = ["Web", "web!", "WEB", "Проект", "💡"]
        var slugs: [String] = []
        for name in names {
            slugs.append(try await world.server.createProject(name: name, in: "acme", by: world.ada).slug)
        }
        #expect(slugs == ["web", "web-2", "web-3", "project", "project-2"])
        await expectRefusal(.alreadyExists) {
            try await world.server.createProject(name: "New", slug: "web", in: "acme", by: world.ada)
        }
    }

    @Test func `members read, owners and admins write, strangers see nothing`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let project = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        let admin = try await world.someone("admin", in: "acme", as: .admin)
        let member = try await world.someone("member", in: "acme")
        let stranger = try await world.someone("stranger")
        #expect(try await world.server.projects(for: member) == [project])
        #expect(try await world.server.projects(for: stranger) == [])
        await expectRefusal(.forbidden) { try await world.server.createProject(name: "A", in: "acme", by: member) }
        await expectRefusal(.notFound) { try await world.server.createProject(name: "A", in: "acme", by: stranger) }
        await expectRefusal(.notFound) { try await world.server.projects(for: stranger, in: "acme") }
        for reference in [project.id, "web", "acme/web", "Web"] {
            await expectRefusal(.notFound) { try await world.server.project(reference, for: stranger) }
        }
        _ = try await world.server.createProject(name: "A", in: "acme", by: admin)
        #expect(try await world.server.projects(for: .operator).map(\.slug) == ["a", "web"])
    }

    @Test func `what a project is called is checked`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        for name in ["", " ", "a\u{0}b", "a\u{202E}b", String(repeating: "a", count: 101)] {
            await expectRefusal(.invalidInput) {
                try await world.server.createProject(name: name, in: "acme", by: world.ada)
            }
        }
        for text in ["a\u{1B}[2J", String(repeating: "a", count: 501)] {
            await expectRefusal(.invalidInput) {
                try await world.server.createProject(name: "A", description: text, in: "acme", by: world.ada)
            }
        }
    }

    @Test func `an organization has no more projects than it may`() async throws {
        var policy = Policy()
        policy.organizationProjects = 2
        let world = try await TestWorld.open(policy: policy)
        try await world.organization()
        for _ in 0..<2 {
            _ = try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        }
        await expectRefusal(.limitReached) {
            try await world.server.createProject(name: "Web", in: "acme", by: world.ada)
        }
    }
}
