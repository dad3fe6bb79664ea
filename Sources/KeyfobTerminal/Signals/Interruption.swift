/// A signal ended what was going on.
public struct Interrupted: Error, Equatable {
    /// The signal.
    public let signal: Signal

    /// Makes the error for a signal.
    public init(signal: Signal) {
        self.signal = signal
    }
}

/// Ctrl+C and its kin as values instead of sudden death.
public enum Interruption {
    /// The signals that ask a command to end.
    public static let signals: Set<Signal> = [.interrupt, .terminate, .hangUp]

    /// Watches for SIGINT, SIGTERM and SIGHUP, which then do not end the process.
    ///
    /// The stream ends with the task that reads it; the signals then act as before. A signal that the process was
    /// started to ignore (nohup) stays ignored.
    ///
    /// - Returns: The signals as they come.
    public static func watch() -> AsyncStream<Signal> {
        AsyncStream { continuation in
            let id = SignalRegistry.shared.add(
                SignalRegistry.Watcher(signals: signals, isFinal: true) { signal, _ in continuation.yield(signal) }
            )
            continuation.onTermination = { _ in SignalRegistry.shared.remove(id) }
        }
    }
}

/// Runs `body` as a child task, and cancels it when SIGINT, SIGTERM or SIGHUP arrives.
///
/// The body is waited for, so that it can tidy up. A second signal meanwhile acts as usual and ends the process.
///
/// - Parameter body: What to run.
/// - Returns: What the body returns.
/// - Throws: ``Interrupted`` after a signal, whatever the body made of it; else what the body throws.
public func withInterruption<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let (signals, continuation) = AsyncStream<Signal>.makeStream()
    // Watched from here on, not from when a child task gets to it.
    let watcher = SignalRegistry.shared.add(
        SignalRegistry.Watcher(signals: Interruption.signals, isFinal: true) { signal, _ in continuation.yield(signal) }
    )
    defer { SignalRegistry.shared.remove(watcher) }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await signal in signals {
                // Whoever presses Ctrl+C again does not want to wait for the body.
                SignalRegistry.shared.remove(watcher)
                throw Interrupted(signal: signal)
            }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
