import KeyfobSQL
import Testing

private let people = Migration(
    id: "0001-people",
    statements: [
        "CREATE TABLE people (name TEXT PRIMARY KEY NOT NULL)",
        "INSERT INTO people (name) VALUES ('ada')",
    ]
)
private let age = Migration(id: "0002-age", statements: ["ALTER TABLE people ADD COLUMN age BIGINT"])
private let broken = Migration(
    id: "0002-broken",
    statements: ["INSERT INTO people (name) VALUES ('bob')", "INSERT INTO people (name) VALUES ('ada')"]
)

private func steps(_ database: any SQLDatabase) async throws -> [SQLRow] {
    try await database.read { try $0.execute("SELECT id, applied_at FROM schema_migrations ORDER BY id") }
}

let migrationContract: [ContractRule] = [
    ContractRule("migrations run once, in order, and are remembered with their time") { open in
        let database = try await open()
        #expect(try await Migrator([people, age]).pending(database) == ["0001-people", "0002-age"])
        #expect(try await Migrator([people]).migrate(database, at: 1_000) == ["0001-people"])
        #expect(try await Migrator([people, age]).pending(database) == ["0002-age"])
        #expect(try await Migrator([people, age]).migrate(database, at: 2_000) == ["0002-age"])
        #expect(try await Migrator([people, age]).migrate(database, at: 3_000) == [])
        #expect(
            try await steps(database) == [
                SQLRow(columns: ["id", "applied_at"], values: ["0001-people", 1_000]),
                SQLRow(columns: ["id", "applied_at"], values: ["0002-age", 2_000]),
            ]
        )
    },
    ContractRule("a migration that fails leaves the database as it was") { open in
        let database = try await open()
        let code = try await failureCode { _ = try await Migrator([people, broken]).migrate(database, at: 1) }
        #expect(code == .constraint)
        #expect(try await Migrator([people]).pending(database) == ["0001-people"])
        #expect(try await Migrator([people, age]).migrate(database, at: 2) == ["0001-people", "0002-age"])
    },
    ContractRule("of nodes that migrate at once each step runs in one") { open in
        let applied = try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask { try await Migrator([people, age]).migrate(open(), at: Int64(number)) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied == ["0001-people", "0002-age"])
    },
    ContractRule("a database of a newer version is refused untouched, with the steps' names") { open in
        let database = try await open()
        _ = try await Migrator([people, age]).migrate(database, at: 1)
        let error = await #expect(throws: SQLError.self) { try await Migrator([people]).migrate(database, at: 2) }
        #expect(error?.message.contains("0002-age") == true)
        #expect(error?.message.contains("0001-people") == true)
        #expect(try await steps(database).count == 2)
    },
]
