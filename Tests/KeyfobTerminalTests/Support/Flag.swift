import Synchronization

/// Something that happened, or did not.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() {
        state.withLock { state in state = true }
    }
}
