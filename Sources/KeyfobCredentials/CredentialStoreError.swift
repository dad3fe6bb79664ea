/// Why a credential store could not do what it was asked: four failures, each with its own hint.
///
/// A credential that is not there is none of them: stores answer that with nil.
public struct CredentialStoreError: Error, CustomStringConvertible {
    /// The failures that a caller tells apart.
    public enum Code: String, Sendable, CaseIterable {
        /// The store can't be reached or can't be written: a full disk, a missing folder, a device error.
        case unavailable
        /// Somebody else holds the store's lock, or the keyring has to be unlocked first.
        case locked
        /// The store refuses: permissions, a read-only file, another owner.
        case denied
        /// The store is there and does not make sense; it is left as it is.
        case corrupt
    }

    /// Which of the four failures it is.
    public var code: Code
    /// What happened, in lower case and without a final period.
    public var message: String
    /// What to do next, in lower case and without a final period.
    public var hint: String
    /// What failed underneath, for logs; holds no secret.
    public var underlying: (any Error)?

    /// Makes an error from its code and its two texts for people.
    public init(_ code: Code, message: String, hint: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.underlying = underlying
    }

    /// Both texts in one line; no secret is in either.
    public var description: String { "\(message) (\(hint))" }
}
