import Foundation
import KeyfobSQL
import Testing

@testable import KeyfobSQLite

/// What happens to bodies that share a transaction; the gate keeps the writer busy until the group has gathered.
@Suite(.timeLimit(.minutes(2)))
struct GroupCommitTests {
    let folder: TemporaryFolder
    let database: SQLiteDatabase

    init() async throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase.open(path: folder.database)
        try await database.makePeople()
    }

    /// Runs bodies in one group, in this order, and returns each one's failure, nil for a success.
    private func inOneGroup(
        _ bodies: [@Sendable (any SQLConnection) throws -> Void]
    ) async throws -> [SQLError.Code?] {
        let (database, gate) = (database, Gate())
        let holder = await occupyWriter(of: database, until: gate)
        var tasks: [Task<SQLError.Code?, any Error>] = []
        for body in bodies {
            tasks.append(Task { try await failureCode { try await database.write(body) } })
            await waitUntil { database.writer.waitingCount == tasks.count }
        }
        gate.open()
        try await holder.value
        var codes: [SQLError.Code?] = []
        for task in tasks {
            codes.append(try await task.value)
        }
        return codes
    }

    @Test
    func `a violated constraint inside a group leaves its neighbours committed`() async throws {
        let codes = try await inOneGroup([
            { try $0.execute("INSERT INTO people (name) VALUES ('ada')") },
            { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('eve')")
                try connection.execute("INSERT INTO people (name) VALUES ('ada')")
            },
            { try $0.execute("INSERT INTO people (name) VALUES ('bob')") },
        ])
        #expect(codes == [nil, .constraint, nil])
        #expect(try await database.people() == ["ada", "bob"])
    }

    @Test
    func `a body that loses the whole transaction costs its neighbours nothing`() async throws {
        let codes = try await inOneGroup([
            { try $0.execute("INSERT INTO people (name) VALUES ('ada')") },
            { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('cleo')")
                try connection.execute("INSERT OR ROLLBACK INTO people (name) VALUES ('cleo')")
            },
            { connection in
                _ = try? connection.execute("INSERT OR ROLLBACK INTO people (name) VALUES ('ada')")
                _ = try? connection.execute("INSERT INTO people (name) VALUES ('eve')")
            },
            { try $0.execute("INSERT INTO people (name) VALUES ('bob')") },
        ])
        #expect(codes == [nil, .constraint, .constraint, nil])
        #expect(try await database.people() == ["ada", "bob"])
    }

    @Test
    func `a constraint that is checked at the commit fails its own body`() async throws {
        try await database.write { connection in
            try connection.execute(
                "CREATE TABLE pets (owner TEXT REFERENCES people (name) DEFERRABLE INITIALLY DEFERRED)")
        }
        let codes = try await inOneGroup([
            { try $0.execute("INSERT INTO people (name) VALUES ('ada')") },
            { try $0.execute("INSERT INTO pets (owner) VALUES ('nobody')") },
        ])
        #expect(codes == [nil, .constraint])
        #expect(try await database.people() == ["ada"])
    }

    @Test
    func `a full disk is said to everyone it hit and nothing is half written`() async throws {
        try await database.write { _ = try $0.execute("PRAGMA max_page_count = 20") }
        let codes = try await inOneGroup([
            { try $0.execute("INSERT INTO people (name) VALUES ('ada')") },
            { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('eve')")
                try connection.execute(
                    "INSERT INTO people (name) VALUES ($1)", [SQLValue(String(repeating: "x", count: 200_000))])
            },
        ])
        #expect(codes[1] == .full)
        #expect(try await database.people() == (codes[0] == nil ? ["ada"] : []))
        try await database.write { _ = try $0.execute("PRAGMA max_page_count = 1000000") }
        try await database.addPerson("bob")
        #expect(try await database.people().contains("bob"))
    }

    @Test
    func `a read does not wait for a write and does not see half of it`() async throws {
        let (database, gate) = (database, Gate())
        let holder = await occupyWriter(of: database, until: gate) {
            try $0.execute("INSERT INTO people (name) VALUES ('ada')")
        }
        #expect(try await database.people() == [])
        gate.open()
        try await holder.value
        #expect(try await database.people() == ["ada"])
    }

    @Test
    func `a cancelled caller's write happens whole and is answered`() async throws {
        let (database, gate) = (database, Gate())
        let holder = await occupyWriter(of: database, until: gate)
        let cancelled = Task { try await database.addPerson("ada") }
        await waitUntil { database.writer.waitingCount == 1 }
        cancelled.cancel()
        gate.open()
        try await holder.value
        try await cancelled.value
        #expect(try await database.people() == ["ada"])
    }

    @Test
    func `a queue that is full refuses the next write as busy and keeps the others`() async throws {
        let small = try SQLiteDatabase.open(path: folder.path + "/small.db", waitingLimit: 2)
        try await small.makePeople()
        let gate = Gate()
        let holder = await occupyWriter(of: small, until: gate)
        let waiting = ["ada", "bob"].map { name in Task { try await small.addPerson(name) } }
        await waitUntil { small.writer.waitingCount == 2 }
        #expect(try await failureCode { try await small.addPerson("eve") } == .busy)
        gate.open()
        try await holder.value
        for task in waiting {
            try await task.value
        }
        #expect(try await small.people() == ["ada", "bob"])
    }

    @Test
    func `a write that another process holds up for too long is busy`() async throws {
        let impatient = try SQLiteDatabase.open(path: folder.database, busyTimeout: .milliseconds(20))
        let gate = Gate()
        let holder = await occupyWriter(of: database, until: gate)
        #expect(try await failureCode { try await impatient.addPerson("eve") } == .busy)
        gate.open()
        try await holder.value
        try await impatient.addPerson("ada")
        #expect(try await database.people() == ["ada"])
    }
}

/// Starts a body that holds the writer, and its transaction, until the gate opens; returns once it has begun.
private func occupyWriter(
    of database: SQLiteDatabase,
    until gate: Gate,
    _ body: @escaping @Sendable (any SQLConnection) throws -> Void = { _ in }
) async -> Task<Void, any Error> {
    let (begun, beginning) = AsyncStream<Void>.makeStream()
    let task = Task {
        try await database.write { connection in
            try body(connection)
            beginning.finish()
            gate.pass()
        }
    }
    for await _ in begun {}
    return task
}

private func waitUntil(_ condition: () -> Bool) async {
    while !condition() {
        await Task.yield()
    }
}
