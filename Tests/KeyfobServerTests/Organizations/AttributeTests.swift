import KeyfobServer
import Testing

struct AttributeTests {
    @Test func `a person's attributes are noted, replaced and removed`() async throws {
        let world = try await TestWorld.open()
        let server = world.server
        #expect(try await server.accountAttributes(of: world.person) == [:])
        try await server.setAccountAttribute("tier", value: "Free", of: "ada")
        try await server.setAccountAttribute("tier", value: "Pro", of: "ADA")
        try await server.setAccountAttribute("region", value: "eu", of: "ada")
        #expect(try await server.accountAttribute("tier", of: world.person) == "Pro")
        #expect(try await server.accountAttribute("Tier", of: world.person) == nil)
        try await server.setAccountAttribute("region", value: nil, of: "ada")
        #expect(try await server.accountAttributes(of: world.person) == ["tier": "Pro"])
        await expectRefusal(.notFound) { try await server.setAccountAttribute("tier", value: "x", of: "nobody") }
    }

    @Test func `an organization's attributes are its members' to see`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        let stranger = try await world.someone("bob")
        try await world.server.setOrganizationAttribute("plan", value: "Team", of: "acme")
        #expect(try await world.server.organizationAttributes(of: "acme", for: world.ada) == ["plan": "Team"])
        await expectRefusal(.notFound) {
            try await world.server.organizationAttributes(of: "acme", for: stranger)
        }
        try await world.server.setOrganizationAttribute("plan", value: nil, of: "acme")
        #expect(try await world.server.organizationAttributes(of: "acme", for: world.ada) == [:])
    }

    @Test func `names and values are checked`() async throws {
        let world = try await TestWorld.open()
        try await world.organization()
        for (name, value) in [
            ("", "v"), ("A", "v"), ("a b", "v"), ("tier", ""), ("tier", "a\nb"), ("tier", "\u{1B}[31m"),
            ("tier", String(repeating: "a", count: 1001)),
        ] {
            await expectRefusal(.invalidInput) {
                try await world.server.setAccountAttribute(name, value: value, of: "ada")
            }
            await expectRefusal(.invalidInput) {
                try await world.server.setOrganizationAttribute(name, value: value, of: "acme")
            }
        }
    }
}
