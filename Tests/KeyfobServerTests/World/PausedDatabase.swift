import KeyfobSQL
import Synchronization

/// A database on which something else happens between one statement of a use case and the next.
final class PausedDatabase: SQLDatabase {
    private enum State {
        case running, armed, paused
    }

    private let database: any SQLDatabase
    private let meanwhile: @Sendable () async throws -> Void
    private let state = Mutex(State.running)

    init(_ database: any SQLDatabase, meanwhile: @escaping @Sendable () async throws -> Void) {
        self.database = database
        self.meanwhile = meanwhile
    }

    /// Whether it came to the pause.
    var wasPaused: Bool { state.withLock { $0 == .paused } }

    /// Lets the rest happen after the next read, before its caller goes on.
    func pauseAfterNextRead() {
        state.withLock { $0 = .armed }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let result = try await database.read(body)
        let isNow = state.withLock { state in
            defer { if state == .armed { state = .paused } }
            return state == .armed
        }
        if isNow { try await meanwhile() }
        return result
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await database.write(body)
    }

    func close() async throws {
        try await database.close()
    }
}
