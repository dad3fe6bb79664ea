import Synchronization

/// A clock that does not wait: a sleep moves its time to the end of the sleep at once.
///
/// Sleeps from a given length on never end, so that a time limit does not win over what it limits.
final class InstantClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex<(now: Duration, sleeps: [Duration])>((.zero, []))

    private let endless: Duration?

    init(endlessFrom endless: Duration? = nil) {
        self.endless = endless
    }

    var now: Instant { Instant(offset: state.withLock { $0.now }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long every sleep so far was.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        if let endless, now.duration(to: deadline) >= endless {
            for await _ in AsyncStream<Never>.makeStream().stream {}
            throw CancellationError()
        }
        state.withLock { state in
            state.sleeps.append(deadline.offset - state.now)
            state.now = max(state.now, deadline.offset)
        }
    }

    /// Lets time pass, as a slow request does.
    func advance(by duration: Duration) {
        state.withLock { $0.now += duration }
    }
}
