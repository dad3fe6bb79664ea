import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who is told of which signal, innermost first.
final class SignalRegistry: Sendable {
    /// The one registry, since a process has one set of signal handlers.
    static let shared = SignalRegistry()

    /// Somebody who is told of signals, on the registry's thread.
    struct Watcher: Sendable {
        /// The signals to be told of.
        var signals: Set<Signal>
        /// Whether the signal is dealt with then.
        ///
        /// A guard that only tidies up leaves the rest to others; where there are none, the signal acts as if nobody
        /// had watched.
        var isFinal: Bool
        /// Called with the signal, and with whether the process survives it.
        var received: @Sendable (Signal, _ isSurvived: Bool) -> Void
        /// Called when the process goes on after having been suspended.
        var resumed: @Sendable () -> Void = {}
    }

    private struct State {
        var watchers: [(id: Int, watcher: Watcher)] = []
        var previous: [Signal: sigaction] = [:]
        var lastID = 0
        var isOpen = false
    }

    private let state = Mutex(State())

    /// Tells a watcher of its signals until ``remove(_:)``.
    func add(_ watcher: Watcher) -> Int {
        state.withLock { state in
            if !state.isOpen {
                state.isOpen = true
                SignalPipe.open { [self] signal in deliver(signal) }
            }
            for signal in watcher.signals where state.previous[signal] == nil {
                state.previous[signal] = SignalPipe.divert(signal)
            }
            state.lastID += 1
            state.watchers.append((state.lastID, watcher))
            return state.lastID
        }
    }

    /// Tells a watcher no more; signals that nobody watches do again what they did before.
    func remove(_ id: Int) {
        state.withLock { state in
            state.watchers.removeAll { $0.id == id }
            for (signal, previous) in state.previous
            where !state.watchers.contains(where: { $0.watcher.signals.contains(signal) }) {
                SignalPipe.restore(signal, to: previous)
                state.previous[signal] = nil
            }
        }
    }

    private func deliver(_ signal: Signal) {
        let told = state.withLock { state in
            state.watchers.map(\.watcher).filter { $0.signals.contains(signal) }
        }
        let isSurvived = told.contains(where: \.isFinal)
        for watcher in told.reversed() { watcher.received(signal, isSurvived) }
        guard !isSurvived else { return }
        SignalPipe.actByDefault(on: signal)
        // Only a suspended process gets here, when it is continued.
        state.withLock { state in
            if state.previous[signal] != nil { _ = SignalPipe.divert(signal) }
        }
        for watcher in told { watcher.resumed() }
    }
}
