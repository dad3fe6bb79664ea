package import KeyfobProtocol
import KeyfobSQL

/// Why the server did not do what it was asked for.
package struct ServerError: Error, CustomStringConvertible {
    /// What kind of refusal this is; the web layer maps each kind to a status in one place.
    package enum Code: Sendable, Hashable {
        /// An error that an RFC names; `description` goes to the client.
        case oauth(OAuthErrorCode)
        /// The browser has no live session.
        case signInRequired
        /// Name and password do not belong together.
        case wrongPassword
        /// The code that a person typed is not a live one.
        case unknownUserCode
        /// Too many attempts; seconds until the next one is allowed.
        case throttled(seconds: Int)
        /// What the page shows is over: decided, expired, or entered elsewhere.
        case noLongerPending
        /// More work waits than can be done soon; seconds until a new attempt makes sense.
        case overloaded(seconds: Int)
        /// An operator's input is not acceptable.
        case invalidInput
        /// Something of that name exists already.
        case alreadyExists
        /// There are as many of these as there may be: one has to go first.
        case limitReached
        /// There is no such thing, as far as whoever asks may know.
        case notFound
        /// Whoever asks may see it, and may not do this to it.
        case forbidden
        /// The server's own state is broken, such as a key that cannot be opened.
        case brokenState
    }

    /// What kind of refusal this is.
    package let code: Code
    /// What happened, safe to show to whoever asked.
    package let description: String

    /// Makes an error.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Makes an error that an RFC names.
    package static func oauth(_ code: OAuthErrorCode, _ description: String) -> ServerError {
        ServerError(.oauth(code), description)
    }

    /// What an error of the database or of anything else means for whoever asked.
    ///
    /// A full or busy database never says that a token is wrong; everything unforeseen is a broken state.
    package init(wrapping error: any Error) {
        switch error {
        case let error as ServerError: self = error
        case let error as SQLError where Self.passing.contains(error.code):
            self.init(.overloaded(seconds: 2), "the server is busy: try again")
        case let error as SQLError where error.code == .unusableText:
            self.init(.invalidInput, "a text has a character that no text may have")
        default: self.init(.brokenState, "the server failed")
        }
    }

    private static let passing: Set<SQLError.Code> = [.busy, .full, .readOnly, .cannotOpen, .closed]
}
