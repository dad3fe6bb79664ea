import FoundationEssentials
import Synchronization

/// A clock that stands still until the test moves it; it begins at a whole second.
final class SettableClock: Sendable {
    private let milliseconds = Mutex(Int64(1_700_000_000_000))

    var now: Date {
        Date(timeIntervalSince1970: Double(milliseconds.withLock { $0 }) / 1000)
    }

    /// Whole seconds since 1970.
    var seconds: Int {
        Int(milliseconds.withLock { $0 } / 1000)
    }

    func advance(by seconds: Double) {
        milliseconds.withLock { $0 += Int64((seconds * 1000).rounded()) }
    }
}
