public import KeyfobProtocol

/// Why an exchange with a server did not end as it should.
public struct ClientError: Error, Sendable, CustomStringConvertible {
    /// What a caller can switch on.
    public enum Code: Sendable, Hashable {
        /// The address is not an absolute `http` or `https` one, or an issuer with a query.
        case invalidAddress
        /// A secret would travel over plain HTTP to another machine.
        case insecureAddress
        /// The metadata names another issuer (RFC 8414 section 3.3).
        case issuerMismatch
        /// No metadata is published there.
        case noMetadata
        /// The server lacks what this flow needs.
        case unsupported
        /// No connection, no answer in time, or a certificate that does not verify.
        case unreachable
        /// The server answered that it failed (5xx) or has no time (429).
        case serverFailure
        /// The answer is not what the standard says: HTML, another content type, a missing field, a redirect.
        case unexpectedReply
        /// The answer is over the size limit.
        case replyTooLarge
        /// The server refused with an OAuth error; see ``ClientError/oauthError``.
        case refused
        /// The access token is not accepted (401).
        case unauthorized
        /// The token is good, and does not allow this (403).
        case forbidden
        /// The server has nothing there (404).
        case notFound
        /// The person said no.
        case denied
        /// The code's life ended before the person decided.
        case expired
        /// Nothing arrived in the time that was given.
        case timedOut
        /// The page for the person is on a host that nobody vouched for.
        case foreignVerificationAddress
        /// The callback does not belong to this sign-in (RFC 6749 section 10.12).
        case stateMismatch
        /// The callback comes from another issuer (RFC 9207 section 2.4).
        case callbackIssuerMismatch
        /// The ID token is malformed, or for someone else, or from another time.
        case invalidIDToken
        /// The task was cancelled.
        case cancelled
    }

    /// What went wrong, for programs.
    public let code: Code
    /// What happened, for people: lower case, no final period, no secret.
    public let message: String
    /// What to do next, in the same form.
    public let hint: String?
    /// The server's own code, for an OAuth error.
    public let oauthError: OAuthErrorCode?
    /// The HTTP status, where the judgement rests on one.
    public let status: Int?
    /// What the server said for people, fit for a terminal and at most 300 characters; `nil` if it said nothing.
    public let serverText: String?
    /// The server's own code besides the HTTP status, in the same form.
    public let serverCode: String?
    /// The cause.
    public let underlying: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, hint: String? = nil, oauthError: OAuthErrorCode? = nil, status: Int? = nil,
        serverText: String? = nil, serverCode: String? = nil, underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.oauthError = oauthError
        self.status = status
        self.serverText = serverText
        self.serverCode = serverCode
        self.underlying = underlying
    }

    /// The message.
    public var description: String { message }

    /// Whether the same request may well succeed later: nothing was decided by the server.
    public var isTransient: Bool { code == .unreachable || code == .serverFailure }
}
