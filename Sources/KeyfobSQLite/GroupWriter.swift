import GRDB
import KeyfobSQL
import Synchronization

/// The one writer of a database: bodies that wait share a durable transaction, each in a savepoint of its own.
///
/// A lone body waits for nobody; while one group is being made durable, the next one gathers.
final class GroupWriter: Sendable {
    /// Answers a caller; called once, after the commit.
    private typealias Answer = @Sendable () -> Void

    private struct Job: Sendable {
        let attempt: @Sendable (any SQLConnection) throws -> Answer
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isDraining = false
        var isClosed = false
    }

    /// Bounds how long one transaction keeps other processes from writing.
    private static let groupLimit = 1_024

    private let queue: DatabaseQueue
    private let texts: StatementTexts
    private let limit: Int
    private let state = Mutex(State())

    /// Creates the writer on a connection that nobody else uses; at most `limit` bodies wait.
    init(_ queue: DatabaseQueue, texts: StatementTexts, limit: Int) {
        self.queue = queue
        self.texts = texts
        self.limit = limit
    }

    /// How many bodies wait for the next group.
    var waitingCount: Int {
        state.withLock { $0.waiting.count }
    }

    /// Runs a body and returns its result after the durable commit.
    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(
                Job(
                    attempt: { connection in
                        let result = try body(connection)
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                )
            )
        }
    }

    /// Waits for the bodies that were accepted, then closes the connection.
    func close() async throws {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { _ in continuation.resume() }
        }
        try queue.close()
    }

    private func submit(_ job: Job) {
        let refusal: SQLError? = state.withLock { state in
            if state.isClosed { return SQLError(.closed, "the database is closed") }
            guard state.waiting.count < limit else {
                return SQLError(.busy, "too many writes wait for the database; try again in a moment")
            }
            state.waiting.append(job)
            if !state.isDraining {
                state.isDraining = true
                queue.asyncWriteWithoutTransaction(drain)
            }
            return nil
        }
        if let refusal { job.fail(refusal) }
    }

    @Sendable
    private func drain(_ database: Database) {
        while let group = nextGroup() {
            commit(group, on: database)
        }
    }

    private func nextGroup() -> [Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.groupLimit))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Job], on database: Database) {
        var answers: [Answer] = []
        do {
            try database.inTransaction(.immediate) {
                for job in group {
                    answers.append(try attempt(job, on: database))
                }
                return .commit
            }
            for answer in answers {
                answer()
            }
        } catch {
            let error = SQLError(sqlite: error)
            // One body's violation took the whole transaction with it (`INSERT OR ROLLBACK`, a deferred constraint):
            // alone, everybody gets the answer that is theirs. Anything else would fail each of them alike.
            let isOnesFault = error.code == .constraint && group.count > 1
            for job in group {
                if isOnesFault { commit([job], on: database) } else { job.fail(error) }
            }
        }
    }

    /// Runs one body in its savepoint.
    ///
    /// - Returns: What to tell the caller once the group is durable: its result, or the error that undid this body.
    /// - Throws: When the whole transaction is gone.
    private func attempt(_ job: Job, on database: Database) throws -> Answer {
        try database.cachedStatement(sql: "SAVEPOINT body").execute()
        let connection = SQLiteConnection(database, texts: texts)
        do {
            let answer = try job.attempt(connection)
            if let failure = connection.failure { throw failure }
            try database.cachedStatement(sql: "RELEASE body").execute()
            return answer
        } catch {
            guard database.isInsideTransaction else { throw connection.failure ?? error }
            try database.cachedStatement(sql: "ROLLBACK TO body").execute()
            try database.cachedStatement(sql: "RELEASE body").execute()
            return { job.fail(error) }
        }
    }
}
