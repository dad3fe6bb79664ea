/// What a transport may spend on one call.
public struct HTTPLimits: Sendable, Hashable {
    /// The most bytes of a response body; 1 MiB by default, many times what any OAuth reply needs.
    public var bodyBytes: Int
    /// The longest time for the whole call; 30 seconds by default.
    public var time: Duration

    /// Makes limits.
    public init(bodyBytes: Int = 1 << 20, time: Duration = .seconds(30)) {
        self.bodyBytes = bodyBytes
        self.time = time
    }
}

/// The way to the network, as this library wants it.
///
/// A conformer follows no redirects, always verifies certificates, and answers every HTTP status with a reply.
public protocol HTTPTransport: Sendable {
    /// Sends one call and reads its whole reply.
    ///
    /// - Throws: ``TransportError`` when there is no complete HTTP response within the limits.
    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply
}

/// Why there was no HTTP response.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// What a caller can switch on.
    public enum Code: Sendable, Hashable {
        /// No such host, nobody listens, or the connection broke.
        case unreachable
        /// No complete answer in time.
        case timedOut
        /// The certificate or the TLS handshake is not good.
        case tls
        /// The body is over the limit.
        case tooLarge
        /// The peer does not speak HTTP.
        case malformed
        /// Every port that a browser may come back to is taken.
        case noPort
        /// The task was cancelled.
        case cancelled
    }

    /// What went wrong, for programs.
    public let code: Code
    /// What went wrong, for people: lower case, no final period.
    public let message: String
    /// The cause.
    public let underlying: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The message.
    public var description: String { message }
}
