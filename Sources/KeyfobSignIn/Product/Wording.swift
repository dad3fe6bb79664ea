/// What a product's screens say.
///
/// Texts may hold placeholders: `{code}`, `{url}`, `{file}`, `{account}`, `{issuer}`, `{token}`, `{source}`, and what a
/// product's own commands give values for. A line is left out where one of its placeholders has no value; `{name|-}`
/// shows the text behind the bar instead. Verbs are the commands' own names, such as `login`.
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
        /// The command that does it, on a line of its own.
        public let command: String?

        /// Makes a phrase.
        public init(_ message: String, hint: String? = nil, command: String? = nil) {
            self.message = message
            self.hint = hint
            self.command = command
        }
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
        /// The token's life is over, or the login was ended; the words of ``tokenRefused`` by default.
        case tokenExpired
        /// The sign-in could not be started.
        case notStarted
        /// A token that was typed does not have the product's form.
        case malformedToken
        /// The server accepts the token, and forbids what was asked for.
        case forbidden
        /// The token is one that can't be refreshed.
        case notRefreshable
        /// The server or the network can't be reached.
        case unreachable
        /// The credential file makes no sense; `{message}` is what is wrong with it.
        case malformedFile
    }

    /// What becomes of a token on the server when somebody logs out.
    public enum Ending: Sendable, Hashable {
        /// The server has ended it.
        case ended
        /// It was made elsewhere, and only removed here.
        case pasted
        /// The server has no way to end it.
        case noRevocation
        /// The server could not be asked, or did not do it.
        case unconfirmed
    }

    /// How a token is asked for.
    public struct Paste: Sendable, Hashable {
        /// What is shown before the question, such as where tokens are made.
        public var introduction: [Line]
        /// The question, without a line feed.
        public var prompt: String
        /// Shown while the service is asked whether it accepts the token.
        public var checking: Waiting?
        /// Shown when it does.
        public var accepted: Line?
        /// Where to make a token, for the error about an empty or malformed one.
        public var hint: String?

        /// Describes the question; nothing else is said by default.
        public init(
            _ prompt: String, introduction: [Line] = [], checking: Waiting? = nil, accepted: Line? = nil,
            hint: String? = nil
        ) {
            self.prompt = prompt
            self.introduction = introduction
            self.checking = checking
            self.accepted = accepted
            self.hint = hint
        }
    }

    /// The words that sign in, after the product's command path, for hints.
    public var signInVerb = "login"
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
    /// Shown instead of ``addressScreen`` where only a browser on this machine will do; `nil` is the same.
    public var loopbackScreen: [Line]?
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
    /// Shown when logged out, instead of ``signedOut`` and the general words, by what became of the token on the server;
    /// `{reason}` is why it may live on.
    public var endings: [Ending: [Line]] = [:]
    /// Shown by a logout where nobody is signed in.
    public var notSignedOut = Line("You are not signed in.")
    /// Shown by `whoami` before the server is asked.
    public var identity: [Line] = [Line("Token: {token}…"), Line("Source: {source}")]
    /// Shown by `whoami` when the server accepts the token; `nil` is nothing.
    public var verified: Line? = Line("The server accepts the token", sign: .success)
    /// Shown by `whoami` after the server was asked: who is signed in.
    public var details: [Line] = []
    /// Shown by `status`.
    public var status: [Line] = [
        Line("Authenticated as: {account}"), Line("Token: {token}…"), Line("Source: {source}"),
        Line("Token expires: {expires}"),
    ]
    /// Shown by `token-info`.
    public var tokenInfo: [Line] = [
        Line("Token: {token}…"), Line("Kind: {kind}"), Line("Source: {source}"), Line("Scopes: {scopes}"),
        Line("Created: {created}"), Line("Expires: {expires}"), Line("Refreshed: {refreshed}"),
    ]
    /// Shown by `refresh` when the token is a new one.
    public var refreshed: [Line] = [
        Line("Token refreshed", sign: .success), Line("Token expires: {expires}"),
    ]
    /// Shown by `revoke` when the token is dead.
    public var revoked: [Line] = [Line("Token revoked", sign: .success)]
    /// Asked before revoking; `nil` does not ask.
    public var revoking: String? = "Revoke the token that is in use? Everything that uses it stops working."
    /// How a token is asked for.
    public var paste = Paste("Token: ")
    /// Shown first, by verb.
    public var openings: [String: [Line]] = [:]
    /// Shown after Ctrl+C, by verb; `""` is any other verb.
    public var interruptions: [String: [Line]] = [:]
    /// What a failure's message becomes, by verb, with `{message}` in it, such as `Sign-in failed: {message}`; messages
    /// that are phrases of the product stay as they are.
    public var failures: [String: String] = [:]
    /// The product's own words.
    public var phrases: [Occasion: Phrase] = [:]

    /// Wording in plain words.
    public init() {}

    /// A title between two lines of forty dashes, with an empty line before and after.
    ///
    /// - Parameter title: The title.
    /// - Returns: The five lines.
    public static func block(_ title: String) -> [Line] {
        let rule = Line(String(repeating: "━", count: 40))
        return [Line(""), rule, Line(title), rule, Line("")]
    }
}
