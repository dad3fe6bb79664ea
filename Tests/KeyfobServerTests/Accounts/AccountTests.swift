import KeyfobProtocol
import KeyfobServer
import Testing

struct AccountTests {
    @Test func `accounts are checked, and names are taken once in any case`() async throws {
        let world = try await TestWorld.open()
        let server = world.server
        #expect(world.person.id.hasPrefix("acc_"))
        #expect(world.person.id.count == 16)
        await expectRefusal(.alreadyExists) { try await server.addAccount(username: "ADA", password: "12345678") }
        for name in ["", "a b", "a/b", "ä", String(repeating: "a", count: 65), "a\n", "<a>"] {
            await expectRefusal(.invalidInput) { try await server.addAccount(username: name, password: "12345678") }
        }
        for password in ["", "1234567", String(repeating: "a", count: 1001)] {
            await expectRefusal(.invalidInput) { try await server.addAccount(username: "bob", password: password) }
        }
        await expectRefusal(.invalidInput) {
            try await server.addAccount(username: "bob", email: "nobody", password: "12345678")
        }
    }
}
