import GRDB
package import KeyfobSQL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A database in one SQLite file: one writer that commits in groups, and readers that it never blocks.
package final class SQLiteDatabase: SQLDatabase {
    private let readers: ReaderPool
    /// Seen by the tests, which wait until it has work.
    let writer: GroupWriter

    private init(readers: ReaderPool, writer: GroupWriter) {
        self.readers = readers
        self.writer = writer
    }

    /// Opens the database at a path, and creates it when there is none: a file of mode 0600 and its two companions.
    ///
    /// Every commit is on the disk before it is answered (write-ahead log, `synchronous = FULL`), and foreign keys are
    /// enforced. Other processes may use the same file at the same time.
    ///
    /// - Parameters:
    ///   - path: The file's path; its folder must exist.
    ///   - busyTimeout: How long a write waits for another process's transaction before it fails with `.busy`; 5
    ///     seconds by default.
    ///   - waitingLimit: How many writes may wait at once; the next one fails with `.busy`. 10,000 by default.
    /// - Returns: The open database; whoever opened it closes it.
    /// - Throws: `SQLError` with `.cannotOpen` when the path does not lead to a file that this user may write, with
    ///   `.notADatabase` when the file holds something else (it stays untouched), `.corrupt`, `.full` or `.busy`.
    package static func open(
        path: String,
        busyTimeout: Duration = .seconds(5),
        waitingLimit: Int = 10_000
    ) throws(SQLError) -> SQLiteDatabase {
        // SQLite takes `:memory:` and an empty path for databases without a file.
        let file = path.hasPrefix("/") || path.isEmpty ? path : "./" + path
        try DatabaseFile.prepare(file)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        configuration.label = "keyfob.database"
        let texts = StatementTexts()
        do {
            let queue = try durableQueue(file, configuration, busyTimeout)
            configuration.readonly = true
            return SQLiteDatabase(
                readers: ReaderPool(path: file, configuration: configuration, texts: texts),
                writer: GroupWriter(queue, texts: texts, limit: waitingLimit)
            )
        } catch {
            throw openingFailure(path, error)
        }
    }

    /// Runs a body that only reads, on the calling thread.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try readers.read(body)
    }

    /// Runs a body in a transaction and returns its result after the durable commit.
    @discardableResult
    package func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await writer.write(body)
    }

    /// Finishes the writes that wait, then closes the file.
    package func close() async throws {
        do {
            try readers.close()
            try await writer.close()
        } catch {
            throw SQLError(sqlite: error)
        }
    }

    /// Opens the writer.
    ///
    /// Who turns a new file to the write-ahead log while others do is told at once that it is busy: SQLite does not wait
    /// there, so we do, as long as it would have.
    private static func durableQueue(
        _ path: String, _ configuration: Configuration, _ patience: Duration
    ) throws -> DatabaseQueue {
        var attempts = patience / .milliseconds(10)
        while true {
            do {
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try queue.writeWithoutTransaction(makeDurable)
                return queue
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempts > 0 {
                attempts -= 1
                usleep(10_000)
            }
        }
    }

    /// Sets what makes a commit durable, and proves it: SQLite falls back in silence, and GRDB's own way to the
    /// write-ahead log sets `synchronous = NORMAL`, which loses answered commits when the power fails.
    private static func makeDurable(_ database: Database) throws {
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
            throw SQLError(.cannotOpen, "this file system does not support SQLite's write-ahead log")
        }
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            throw SQLError(.other, "SQLite refuses durable commits (synchronous = FULL)")
        }
    }

    private static func openingFailure(_ path: String, _ error: any Error) -> SQLError {
        let failure = SQLError(sqlite: error)
        let reason =
            failure.code == .notADatabase
            ? "the file is not a database; choose another path, or move that file away" : failure.message
        return SQLError(failure.code, "cannot open the database \(path): \(reason)", underlying: error)
    }
}
