public import KeyfobProtocol

/// When to poll, and when to stop ([RFC 8628 section 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)): a state
/// machine without a clock of its own.
public struct DevicePolling: Sendable {
    /// What to do next.
    public enum Step: Sendable {
        /// Wait that long, then poll.
        case wait(Duration)
        /// The person approved.
        case done(TokenReply)
        /// It is over.
        case failed(ClientError)
    }

    /// The time between two polls as the server wants it; five seconds if it did not say.
    public private(set) var interval: Duration
    /// How long after the start to give up.
    public let lifetime: Duration
    private let ending: ClientError
    private var backOff: Duration = .zero
    private var trouble: ClientError?

    /// Starts with the server's reply.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - limit: The longest time to wait, if the caller wants less than the codes' life.
    public init(_ reply: DeviceAuthorizationReply, limit: Duration? = nil) {
        // An interval of zero would be a busy loop, and one of hours an endless wait.
        interval = .seconds(min(max(reply.interval ?? 5, 1), 300))
        let life = Duration.seconds(min(reply.expiresIn, 86_400))
        lifetime = limit.map { min($0, life) } ?? life
        ending = lifetime < life ? Self.timedOut : Self.expired
    }

    /// The step at the beginning: to wait first, since nobody approves in no time.
    public func first() -> Step { .wait(min(interval, lifetime)) }

    /// The step after a poll.
    ///
    /// - Parameters:
    ///   - result: What the poll said, or why there was no answer.
    ///   - elapsed: The time since the reply that started the flow.
    /// - Returns: What to do next.
    public mutating func next(after result: Result<DevicePoll, ClientError>, at elapsed: Duration) -> Step {
        switch result {
        case .success(.tokens(let tokens)): return .done(tokens)
        case .success(.denied): return .failed(ClientError(.denied, "the request was denied in the browser"))
        case .success(.expired): return .failed(Self.expired)
        case .success(.pending): settle()
        case .success(.slowDown):
            // "the interval MUST be increased by 5 seconds for this and all subsequent requests".
            settle()
            interval += .seconds(5)
        case .failure(let error):
            guard error.isTransient else { return .failed(error) }
            // "reduce their polling frequency before retrying … exponential backoff".
            trouble = error
            backOff = min(max(backOff * 2, .seconds(1)), .seconds(60))
        }
        let pause = interval + backOff
        let remaining = lifetime - elapsed
        guard remaining > .zero else { return .failed(trouble ?? ending) }
        return .wait(min(pause, remaining))
    }

    private mutating func settle() {
        backOff = .zero
        trouble = nil
    }

    private static let expired = ClientError(
        .expired, "the code expired before the request was approved", hint: "start again and approve it sooner")
    private static let timedOut = ClientError(
        .timedOut, "the request was not approved in time", hint: "start again, or allow more time")
}

extension DeviceGrant {
    /// Polls until the person has decided or the codes end.
    ///
    /// Network errors and server failures are retried, more slowly, until then.
    ///
    /// - Parameters:
    ///   - reply: The reply that started the flow, just received.
    ///   - limit: The longest time to wait, if less than the codes' life.
    ///   - idempotencyKey: A random key for all polls of this flow: a poll whose reply was lost gets it again.
    ///   - transport: The way to the server.
    ///   - clock: What measures and waits.
    /// - Returns: The tokens that the person approved.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/expired``, or what a poll said;
    ///   `CancellationError` when the task is cancelled.
    public func tokens(
        for reply: DeviceAuthorizationReply, limit: Duration? = nil, idempotencyKey: String? = nil,
        over transport: any HTTPTransport, clock: some Clock<Duration>
    ) async throws -> TokenReply {
        let start = clock.now
        var polling = DevicePolling(reply, limit: limit)
        var step = polling.first()
        while true {
            switch step {
            case .done(let tokens): return tokens
            case .failed(let error): throw error
            case .wait(let pause):
                try await clock.sleep(for: pause)
                let result = await attempt(reply.deviceCode, idempotencyKey, over: transport)
                try Task.checkCancellation()
                step = polling.next(after: result, at: start.duration(to: clock.now))
            }
        }
    }

    private func attempt(
        _ deviceCode: String, _ idempotencyKey: String?, over transport: any HTTPTransport
    ) async -> Result<DevicePoll, ClientError> {
        do throws(ClientError) {
            return .success(try await transport.perform(poll(deviceCode, idempotencyKey: idempotencyKey)))
        } catch {
            return .failure(error)
        }
    }
}
