import GRDB
import KeyfobSQL
import Synchronization

/// The read-only connections of a database, each used by one thread at a time.
///
/// There are never more of them than threads that read at the same moment. Statements run without a surrounding
/// transaction, which halves the cost of the small reads that a server does most.
final class ReaderPool: Sendable {
    private struct State {
        var idle: [DatabaseQueue] = []
        var isClosed = false
    }

    private let path: String
    private let configuration: Configuration
    private let texts: StatementTexts
    private let state = Mutex(State())

    /// Creates an empty pool; connections are opened when they are needed.
    init(path: String, configuration: Configuration, texts: StatementTexts) {
        self.path = path
        self.configuration = configuration
        self.texts = texts
    }

    /// Runs a body on the calling thread.
    func read<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        let reader = try take()
        defer { put(reader) }
        return try reader.unsafeRead { database in
            let connection = SQLiteConnection(database, texts: texts)
            let result = try body(connection)
            if let failure = connection.failure { throw failure }
            return result
        }
    }

    /// Closes the idle connections now and the busy ones when their body ends.
    func close() throws {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for reader in idle {
            try reader.close()
        }
    }

    private func take() throws -> DatabaseQueue {
        let idle = try state.withLock { state throws(SQLError) in
            guard !state.isClosed else { throw SQLError(.closed, "the database is closed") }
            return state.idle.popLast()
        }
        if let idle { return idle }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw SQLError(sqlite: error)
        }
    }

    private func put(_ reader: DatabaseQueue) {
        state.withLock { state in
            if !state.isClosed { state.idle.append(reader) }
        }
    }
}
