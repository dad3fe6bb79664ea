/// What a product's screens say.
///
/// Texts may hold `{code}`, `{url}`, `{file}`, `{account}`, `{issuer}`, `{token}` and `{source}`.
public struct Wording: Sendable {
    /// A line with a sign in front.
    public struct Line: Sendable, Hashable {
        /// The sign, drawn in its colour.
        public enum Sign: Sendable, Hashable {
            /// No sign.
            case none
            /// Green.
            case success
            /// Yellow.
            case warning
            /// Blue.
            case note
        }

        /// The sign.
        public let sign: Sign
        /// The text after it.
        public let text: String

        /// Makes a line; without a sign by default.
        public init(_ text: String, sign: Sign = .none) {
            self.text = text
            self.sign = sign
        }
    }

    /// A line that is shown while something takes its time.
    public struct Waiting: Sendable, Hashable {
        /// The text behind the turning sign.
        public let message: String
        /// The line that stays on a terminal when it is over; `nil` leaves none.
        public let settled: String?
        /// The line without a terminal, printed once; the message itself by default.
        public let plain: String

        /// Makes a line.
        public init(_ message: String, settled: String? = nil, plain: String? = nil) {
            self.message = message
            self.settled = settled
            self.plain = plain ?? message
        }
    }

    /// What happened, and what to do next.
    public struct Phrase: Sendable, Hashable {
        /// What happened.
        public let message: String
        /// What to do next.
        public let hint: String?

        /// Makes a phrase.
        public init(_ message: String, hint: String? = nil) {
            self.message = message
            self.hint = hint
        }
    }

    /// How errors are printed.
    public enum ErrorStyle: Sendable, Hashable {
        /// `error: …` and `hint: …`, lower case, no final period.
        case labelled
        /// A red sign, sentences with a capital and a final period, the hint indented below.
        case sign(String)
    }

    /// The endings of a sign-in, and the states, that a product has its own words for.
    public enum Occasion: Sendable, Hashable {
        /// The device code's life ended.
        case expired
        /// The person said no.
        case denied
        /// The time that was given is over.
        case timedOut
        /// There is no credential.
        case notSignedIn
        /// The server does not accept the token.
        case tokenRefused
        /// The sign-in could not be started.
        case notStarted
    }

    /// How errors are printed; labelled by default.
    public var errors: ErrorStyle = .labelled
    /// The signs of lines.
    public var signs: [Line.Sign: String] = [.success: "✓", .warning: "!", .note: "i"]
    /// Shown while the sign-in is started.
    public var starting: Waiting?
    /// The screen of the device flow.
    public var deviceScreen: [Line] = [
        Line("Open this address in a browser, on this or any other device:"), Line(""), Line("  {url}"), Line(""),
        Line("and enter the code:"), Line(""), Line("  {code}"), Line(""),
    ]
    /// The screen of the browser flow, after a browser was opened.
    public var browserScreen: [Line] = [
        Line("Your browser has been opened. If you do not see it, open this address:"), Line(""), Line("  {url}"),
        Line(""),
    ]
    /// The screen of the browser flow when no browser could be opened.
    public var addressScreen: [Line] = [
        Line("Open this address in a browser on this machine:"), Line(""), Line("  {url}"), Line(""),
    ]
    /// Shown while the person decides.
    public var waiting = Waiting("Waiting for your approval in the browser…")
    /// Shown when all is done.
    public var signedIn: [Line] = [
        Line("Signed in to {issuer} as {account}", sign: .success), Line("  Credentials are stored in {file}"),
    ]
    /// Asked when there is a credential already; `nil` does not ask.
    public var again: String?
    /// Asked before logging out; `nil` does not ask.
    public var leaving: String?
    /// Shown when logged out.
    public var signedOut = Line("Signed out", sign: .success)
    /// Shown by a logout where nobody is signed in.
    public var notSignedOut = Line("You are not signed in.")
    /// Shown by `whoami` before the server is asked.
    public var identity: [Line] = [Line("Token: {token}…"), Line("Source: {source}")]
    /// Shown by `whoami` when the server accepts the token.
    public var verified = Line("The server accepts the token", sign: .success)
    /// The product's own words.
    public var phrases: [Occasion: Phrase] = [:]

    /// Wording in plain words.
    public init() {}
}
