package import FoundationEssentials
import Synchronization

/// A clock that stands still until the test moves it; it begins at a whole second.
package final class SettableClock: Sendable {
    private let milliseconds = Mutex(Int64(1_700_000_000_000))

    /// Makes a clock.
    package init() {}

    /// The present time.
    package var now: Date {
        Date(timeIntervalSince1970: Double(milliseconds.withLock { $0 }) / 1000)
    }

    /// Whole seconds since 1970.
    package var seconds: Int {
        Int(milliseconds.withLock { $0 } / 1000)
    }

    /// Moves the clock forward.
    package func advance(by seconds: Double) {
        milliseconds.withLock { $0 += Int64((seconds * 1000).rounded()) }
    }
}
