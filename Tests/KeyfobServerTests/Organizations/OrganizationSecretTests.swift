import FoundationEssentials
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct OrganizationSecretTests {
    private static let value = "daily-0123456789abcdef-ÄÖ"

    private static func bytes(_ world: TestWorld) throws -> Data {
        let files = ["/keyfob.db", "/keyfob.db-wal"].map { URL(filePath: world.folder.path + $0) }
        return try files.reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }

    @Test func `a secret is read by members, replaced, and forgotten`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let member = try await world.someone("bob", in: "acme")
        let server = world.server
        #expect(try await server.organizationSecret("daily", of: "acme", for: member) == nil)
        try await server.setOrganizationSecret("daily", value: "old", of: "acme")
        try await server.setOrganizationSecret("daily", value: Self.value, of: "acme")
        #expect(try await server.organizationSecret("daily", of: "acme", for: member) == Self.value)
        #expect(try await server.organizationSecret("other", of: "acme", for: member) == nil)
        try await server.setOrganizationSecret("daily", value: nil, of: "acme")
        #expect(try await server.organizationSecret("daily", of: "acme", for: member) == nil)
    }

    @Test func `strangers get no secret, and neither does another organization`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        try await world.organization("globex", owner: nil)
        let stranger = try await world.someone("bob", in: "globex", as: .owner)
        try await world.server.setOrganizationSecret("daily", value: Self.value, of: "acme")
        await expectRefusal(.notFound) {
            try await world.server.organizationSecret("daily", of: "acme", for: stranger)
        }
        #expect(try await world.server.organizationSecret("daily", of: "globex", for: stranger) == nil)
    }

    @Test func `the database does not have the value, and the audit trail neither`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        try await world.server.setOrganizationSecret("daily", value: Self.value, of: "acme")
        let bytes = try Self.bytes(world)
        #expect(bytes.firstRange(of: Data("daily".utf8)) != nil)
        #expect(bytes.firstRange(of: Data(Self.value.utf8)) == nil)
        #expect(bytes.firstRange(of: Data("0123456789abcdef".utf8)) == nil)
    }

    @Test func `a sealed value that was moved to another row does not open`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        try await world.organization("globex")
        try await world.server.setOrganizationSecret("daily", value: Self.value, of: "acme")
        for (name, slug) in [("daily", "globex"), ("other", "acme")] {
            try await world.server.setOrganizationSecret(name, value: "own", of: slug)
        }
        try await world.database.write {
            try $0.execute(
                """
                UPDATE organization_secrets SET sealed = (SELECT s.sealed FROM organization_secrets s
                    JOIN organizations o ON o.id = s.organization_id WHERE o.slug = 'acme' AND s.name = 'daily')
                """)
        }
        #expect(try await world.server.organizationSecret("daily", of: "acme", for: world.ada) == Self.value)
        for (name, slug) in [("daily", "globex"), ("other", "acme")] {
            await expectRefusal(.brokenState) {
                try await world.server.organizationSecret(name, of: slug, for: world.ada)
            }
        }
    }

    @Test func `names and sizes are checked`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        for name in ["", "A", "a b", "a/b", "ä", String(repeating: "a", count: 65), "a\n"] {
            await expectRefusal(.invalidInput) {
                try await world.server.setOrganizationSecret(name, value: "v", of: "acme")
            }
        }
        for value in ["", String(repeating: "a", count: 8193)] {
            await expectRefusal(.invalidInput) {
                try await world.server.setOrganizationSecret("daily", value: value, of: "acme")
            }
        }
        await expectRefusal(.notFound) { try await world.server.setOrganizationSecret("daily", value: "v", of: "x") }
    }
}
