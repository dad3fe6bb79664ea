import Synchronization

/// The signal that came first, if any did.
final class FirstSignal: Sendable {
    private let first = Mutex<Signal?>(nil)

    var signal: Signal? { first.withLock { $0 } }

    func note(_ signal: Signal) {
        first.withLock { first in first = first ?? signal }
    }
}
