import Foundation
import Synchronization

/// A clock whose short sleeps take no time: each moves the world's time on at once, after who waits for it had a turn.
///
/// A long sleep is a time-out: it lasts until it is cancelled.
final class LeapingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Swift.Duration

        func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    private let offset = Mutex(Swift.Duration.zero)
    private let turn = Mutex<(@Sendable () async throws -> Void)?>(nil)

    var now: Instant { Instant(offset: offset.withLock { $0 }) }
    let minimumResolution = Duration.milliseconds(1)

    /// The world's wall time.
    var date: Date { Self.start + now.offset / .seconds(1) }

    /// Lets someone act when the program next waits, once.
    func whenWaiting(_ action: @escaping @Sendable () async throws -> Void) {
        turn.withLock { $0 = action }
    }

    /// Moves the world's time on.
    func advance(by duration: Swift.Duration) {
        offset.withLock { $0 += duration }
    }

    func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        try Task.checkCancellation()
        while deadline.offset - now.offset > .seconds(60) {
            try await Task.sleep(for: .milliseconds(5))  // allowed: waits for its own cancellation
        }
        let action = turn.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        try await action?()
        offset.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }
}
