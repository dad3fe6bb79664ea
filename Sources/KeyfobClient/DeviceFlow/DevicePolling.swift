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

    /// What the person approves, for the texts of errors.
    enum Subject: String {
        case code
        case request
    }

    /// The time between two polls as the server wants it; five seconds if it did not say.
    public private(set) var interval: Duration
    /// How long after the start to give up.
    public let lifetime: Duration
    private let firstWait: Duration
    private let subject: Subject
    private let isLimited: Bool
    private var backOff: Duration = .zero
    private var trouble: ClientError?

    /// Starts with the server's reply.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - limit: The longest time to wait, if the caller wants less than the codes' life.
    public init(_ reply: DeviceAuthorizationReply, limit: Duration? = nil) {
        self.init(
            interval: .seconds(min(reply.interval ?? 5, 300)), life: reply.expiresIn, limit: limit, subject: .code)
    }

    /// Starts with what is known of a flow; the first wait is an interval long where none is given.
    init(interval: Duration, firstWait: Duration? = nil, life: Int, limit: Duration?, subject: Subject) {
        // An interval of zero would be a busy loop, and one of hours an endless wait.
        self.interval = min(max(interval, .seconds(1)), .seconds(300))
        self.firstWait = firstWait ?? self.interval
        self.subject = subject
        let life = Duration.seconds(min(life, 86_400))
        lifetime = limit.map { min($0, life) } ?? life
        isLimited = lifetime < life
    }

    /// The step at the beginning: to wait first, since nobody approves in no time.
    public func first() -> Step { .wait(min(firstWait, lifetime)) }

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
        case .success(.expired): return .failed(expired)
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
        guard remaining > .zero else { return .failed(trouble ?? overdue) }
        return .wait(min(pause, remaining))
    }

    private mutating func settle() {
        backOff = .zero
        trouble = nil
    }

    private var expired: ClientError {
        let text = subject == .code ? "the code expired before the request was approved" : Self.requestExpired
        return ClientError(.expired, text, hint: "start again and approve it sooner")
    }

    // Whether a request has expired is the server's to say: to one that has not said so, the time is over here.
    private var overdue: ClientError {
        if isLimited { return Self.timedOut }
        guard subject == .request else { return expired }
        return ClientError(
            .timedOut, "the request was not approved in time", hint: "start again and approve it sooner")
    }

    private static let requestExpired = "the request expired before it was approved"
    private static let timedOut = ClientError(
        .timedOut, "the request was not approved in time", hint: "start again, or allow more time")
}
