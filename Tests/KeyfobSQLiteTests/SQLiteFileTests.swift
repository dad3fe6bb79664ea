import Foundation
import KeyfobSQL
import KeyfobSQLite
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SQLiteFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `the writer commits durably into a write-ahead log and enforces foreign keys`() async throws {
        let database = try SQLiteDatabase.open(path: folder.database)
        let facts = try await database.write { connection in
            (
                try connection.first("PRAGMA synchronous")?.integer("synchronous"),
                try connection.first("PRAGMA journal_mode")?.text("journal_mode"),
                try connection.first("PRAGMA foreign_keys")?.flag("foreign_keys")
            )
        }
        #expect(facts == (2, "wal", true))
    }

    @Test
    func `the database and its companions are their owner's alone`() async throws {
        let database = try SQLiteDatabase.open(path: folder.database)
        try await database.makePeople()
        _ = try await database.people()
        for file in ["", "-wal", "-shm"] {
            #expect(try folder.mode(folder.database + file) == 0o600, "\(file)")
        }
    }

    @Test
    func `what was answered is in the files, though nobody closes them`() async throws {
        let database = try SQLiteDatabase.open(path: folder.database)
        try await database.makePeople()
        for number in 0..<50 {
            try await database.addPerson("person \(number)")
        }
        // What a process killed here would leave behind.
        let copy = folder.path + "/copy.db"
        try FileManager.default.copyItem(atPath: folder.database, toPath: copy)
        try FileManager.default.copyItem(atPath: folder.database + "-wal", toPath: copy + "-wal")
        #expect(try await SQLiteDatabase.open(path: copy).people().count == 50)
        try await database.close()
    }

    @Test(arguments: ["hello", "text that is no database\n", String(repeating: "x", count: 10_000)])
    func `a file that is not a database is refused and stays as it was`(contents: String) throws {
        try Data(contents.utf8).write(to: URL(filePath: folder.database))
        let error = #expect(throws: SQLError.self) { try SQLiteDatabase.open(path: folder.database) }
        #expect(error?.code == .notADatabase)
        #expect(error?.message.contains(folder.database) == true)
        #expect(try Data(contentsOf: URL(filePath: folder.database)) == Data(contents.utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["keyfob.db"])
    }

    @Test
    func `a damaged database says so`() async throws {
        let database = try SQLiteDatabase.open(path: folder.database)
        try await database.makePeople()
        for number in 0..<500 {
            try await database.addPerson("person \(number)")
        }
        try await database.close()
        let file = try #require(FileHandle(forUpdatingAtPath: folder.database))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: Int(size) - 4_096))
        try file.close()
        let code = try await failureCode { _ = try await SQLiteDatabase.open(path: folder.database).people() }
        #expect(code == .corrupt)
    }

    @Test(arguments: [
        ("/missing/keyfob.db", "no such folder"), ("/file/keyfob.db", "not a folder"), ("", "not a file"),
    ])
    func `a path that leads nowhere is refused with the reason`(path: String, reason: String) throws {
        try Data("x".utf8).write(to: URL(filePath: folder.path + "/file"))
        let error = #expect(throws: SQLError.self) { try SQLiteDatabase.open(path: folder.path + path) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains(reason) == true)
    }

    @Test(arguments: ["", ":memory:/"])
    func `a path never means a database without a file`(path: String) throws {
        let error = #expect(throws: SQLError.self) { try SQLiteDatabase.open(path: path) }
        #expect(error?.code == .cannotOpen)
    }

    #if os(Linux)
        @Test
        func `a folder without permission is refused with what to do`() throws {
            // Even root cannot create a file there.
            let error = #expect(throws: SQLError.self) { try SQLiteDatabase.open(path: "/proc/keyfob.db") }
            #expect(error?.code == .cannotOpen)
            #expect(error?.message.contains("/proc") == true)
        }
    #endif

    @Test
    func `many openers of a new file all get it`() async throws {
        let folder = folder
        try await withThrowingTaskGroup { group in
            for number in 0..<16 {
                group.addTask {
                    let database = try SQLiteDatabase.open(path: folder.database)
                    try await database.write { connection in
                        try connection.execute(
                            "CREATE TABLE IF NOT EXISTS people (name TEXT NOT NULL UNIQUE, age BIGINT)")
                    }
                    try await database.addPerson("person \(number)")
                    try await database.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try await SQLiteDatabase.open(path: folder.database).people().count == 16)
    }
}
