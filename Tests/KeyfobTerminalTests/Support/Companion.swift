import Dispatch

/// Does something on a thread of its own while a test waits for something else.
///
/// An exit test occupies a thread of the tasks for as long as its process runs, and there may be only one or two of
/// them: whoever presses the keys for that process must not be a task. Make it before the exit test begins.
struct Companion<Result: Sendable>: Sendable {
    private let outcome: AsyncThrowingStream<Result, any Error>

    init(_ body: @escaping @Sendable () throws -> Result) {
        let (outcome, continuation) = AsyncThrowingStream<Result, any Error>.makeStream()
        self.outcome = outcome
        DispatchQueue(label: "companion").async {
            do {
                continuation.yield(try body())
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
    }

    /// What the body returned, once it has.
    var value: Result {
        get async throws {
            for try await result in outcome { return result }
            throw TestFailure("the companion was cancelled")
        }
    }
}

/// Fails from where the testing library can't see which test it is.
func check(_ condition: Bool, _ what: String) throws {
    if !condition { throw TestFailure("not so: \(what)") }
}
