/// Why there is no usable credential.
public struct SignInError: Error, Sendable, CustomStringConvertible {
    /// What a caller can switch on.
    public enum Code: Sendable, Hashable {
        /// There is no credential here.
        case notSignedIn
        /// The token's life is over, and nothing is there to get another.
        case tokenExpired
        /// The server ended this login; it was removed here as well.
        case loginEnded
        /// Neither the service nor this machine has a way to sign in that the other has too.
        case noMethod
        /// The pasted text does not have the form of a token.
        case malformedToken
        /// The server does not accept the token that was pasted or is stored; it stays stored.
        case tokenRefused
        /// There is nothing to refresh the token with.
        case notRefreshable
        /// The text can't be the name of a profile.
        case invalidProfile
    }

    /// What went wrong, for programs.
    public let code: Code
    /// What happened, for people: lower case, no final period.
    public let message: String
    /// What to do next, in the same form.
    public let hint: String?
    /// The cause.
    public let underlying: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, hint: String? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.underlying = underlying
    }

    /// The message.
    public var description: String { message }
}
