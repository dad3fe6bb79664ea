package import HTTPTypes
package import KeyfobProtocol
import KeyfobServer

/// What an endpoint answers when it does not do what it was asked for.
package struct WebError: Error {
    /// Which header tells how to authenticate.
    package enum Challenge: Sendable {
        /// `WWW-Authenticate: Basic` (RFC 6749 section 5.2).
        case basic
        /// `WWW-Authenticate: Bearer` with the error (RFC 6750 section 3).
        case bearer
    }

    /// The status.
    package let status: HTTPResponse.Status
    /// The RFC's code; `nil` for a body without one.
    package let code: OAuthErrorCode?
    /// What went wrong, for whoever made the request.
    package let description: String
    /// How to authenticate.
    package let challenge: Challenge?
    /// Seconds until a new attempt makes sense.
    package let retryAfter: Int?

    /// Makes an error.
    package init(
        _ status: HTTPResponse.Status, _ code: OAuthErrorCode?, _ description: String, challenge: Challenge? = nil,
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.description = description
        self.challenge = challenge
        self.retryAfter = retryAfter
    }

    /// A body over the limit.
    package static let tooLarge = WebError(.contentTooLarge, .invalidRequest, "the body is too large")

    /// The one place where errors of the domain and of the database become statuses.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - challenge: How this endpoint's clients authenticate.
    package init(_ error: any Error, challenge: Challenge = .basic) {
        switch error {
        case let error as WebError: self = error
        case let error as ServerError: self.init(error, challenge)
        default: self.init(ServerError(wrapping: error), challenge)
        }
    }

    private static let unexpected = WebError(.internalServerError, .serverError, "the server failed")

    private init(_ error: ServerError, _ challenge: Challenge) {
        let text = error.description
        switch error.code {
        case .oauth(.invalidClient):
            self.init(.unauthorized, .invalidClient, text, challenge: challenge)
        case .oauth(.invalidToken):
            self.init(.unauthorized, .invalidToken, text, challenge: .bearer)
        case .oauth(.insufficientScope):
            self.init(.forbidden, .insufficientScope, text, challenge: .bearer)
        case .oauth(let code):
            self.init(.badRequest, code, text)
        case .overloaded(let seconds):
            self.init(.serviceUnavailable, .temporarilyUnavailable, text, retryAfter: seconds)
        case .throttled(let seconds):
            self.init(.tooManyRequests, .temporarilyUnavailable, text, retryAfter: seconds)
        case .signInRequired:
            self.init(.unauthorized, nil, text)
        case .wrongPassword, .unknownUserCode, .noLongerPending, .invalidInput:
            self.init(.badRequest, .invalidRequest, text)
        case .alreadyExists, .limitReached:
            self.init(.conflict, .invalidRequest, text)
        case .notFound:
            self.init(.notFound, nil, text)
        case .forbidden:
            self.init(.forbidden, .accessDenied, text)
        case .brokenState:
            self = Self.unexpected
        }
    }
}
