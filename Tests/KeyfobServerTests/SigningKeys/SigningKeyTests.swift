import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobTestSupport
import Testing

struct SigningKeyTests {
    @Test func `the signing key survives reopening, and so do tokens`() async throws {
        let world = try await TestWorld.open()
        let token = try await world.signIn().accessToken
        try await world.database.close()
        let database = try SQLiteDatabase.open(path: world.folder.path + "/keyfob.db")
        let server = try await TestWorld.server(database, world.clock, world.random)
        #expect(server.publicKeys == world.server.publicKeys)
        #expect(server.publicKeys.count == 1)
        #expect(try await server.accessGrant(token) != nil)
    }

    @Test func `servers that start at once share one key`() async throws {
        let world = try await TestWorld.open()
        try await world.database.write { try $0.execute("DELETE FROM signing_keys") }
        let keys = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { try await TestWorld.server(world.database, world.clock, world.random).publicKeys }
            }
            return try await group.reduce(into: Set<[JSONWebKey]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test func `a wrong root key is refused and changes nothing`() async throws {
        let world = try await TestWorld.open()
        await expectRefusal(.brokenState) {
            try await TestWorld.server(world.database, world.clock, world.random, rootKeyByte: 8)
        }
        let server = try await TestWorld.server(world.database, world.clock, world.random)
        #expect(server.publicKeys == world.server.publicKeys)
    }

    @Test func `a damaged key is refused`() async throws {
        let world = try await TestWorld.open()
        try await world.database.write { try $0.execute("UPDATE signing_keys SET sealed = 'AAAA'") }
        await expectRefusal(.brokenState) { try await TestWorld.server(world.database, world.clock, world.random) }
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func `a root key has 32 bytes`(size: Int) {
        #expect(RootKey([UInt8](repeating: 1, count: size)) == nil)
    }
}
