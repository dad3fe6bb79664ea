import HTTPTypes

/// How often a request is repeated that got no answer, or whose answer was that the server has no time.
public struct Retries: Sendable, Hashable {
    /// The most repeats after the first attempt; 3 by default.
    public let limit: Int

    /// Sets a limit; a negative one is none at all.
    public init(limit: Int = 3) {
        self.limit = max(0, limit)
    }

    /// The pause before a repeat: 1, 2, 4 seconds and so on, at most 30.
    func pause(before repetition: Int) -> Duration {
        .seconds(min(1 << min(repetition, 5), 30))
    }
}

extension HTTPTransport {
    /// Sends an exchange's call, and again when that does no harm.
    ///
    /// Only methods that may be repeated are
    /// ([RFC 9110 section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), and only after errors that
    /// decided nothing.
    ///
    /// - Parameters:
    ///   - exchange: The exchange.
    ///   - retries: How often.
    ///   - clock: What waits in between.
    /// - Returns: What the exchange yields.
    /// - Throws: ``ClientError`` of the last attempt, or `CancellationError` when the task is cancelled.
    public func perform<Value>(
        _ exchange: Exchange<Value>, retrying retries: Retries, clock: some Clock<Duration>
    ) async throws -> Value {
        let limit = Self.mayRepeat(exchange.call.request.method) ? retries.limit : 0
        for repetition in 0..<limit {
            do {
                return try await perform(exchange)
            } catch {
                guard error.isTransient else { throw error }
                try await clock.sleep(for: retries.pause(before: repetition))
            }
        }
        return try await perform(exchange)
    }

    private static func mayRepeat(_ method: HTTPRequest.Method) -> Bool {
        [.get, .head, .put, .delete, .options].contains(method)
    }
}
