import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn
import KeyfobTerminal

/// What a command ends with when it does not end well: an exit code, and two texts for people.
public struct Failure: Error, Sendable {
    /// What went wrong, for programs: a word of `--json`'s `code`.
    public let code: String
    /// What happened: lower case, no final period.
    public let message: String
    /// What to do next, in the same form.
    public let hint: String?
    /// The exit code.
    public let exit: Int32

    /// Makes a failure.
    public init(_ code: String, _ message: String, hint: String? = nil, exit: ExitStatus) {
        self.init(code, message, hint: hint, status: exit.rawValue)
    }

    init(_ code: String, _ message: String, hint: String?, status: Int32) {
        self.code = code
        self.message = message
        self.hint = hint
        self.exit = status
    }
}

extension Failure {
    /// The failure that an error stands for, in a product's own words where it has some.
    init(_ error: any Error, of product: Product) {
        switch error {
        case let error as Failure: self = error
        case let error as ClientError: self.init(error, product)
        case let error as SignInError: self.init(error, product)
        case let error as CredentialStoreError:
            self.init("store_\(error.code.rawValue)", error.message, hint: error.hint, exit: .failed)
        case let error as TransportError:
            self.init("unreachable", error.message, exit: .unreachable)
        case let error as TerminalError:
            self.init("input", error.message, hint: error.hint, exit: .failed)
        case let error as Interrupted:
            self.init("interrupted", "interrupted", hint: nil, status: error.signal.exitCode)
        case is CancellationError:
            self.init("interrupted", "interrupted", exit: .interrupted)
        default:
            self.init("unexpected", "something unexpected happened: \(type(of: error))", exit: .failed)
        }
    }

    private init(_ error: ClientError, _ product: Product) {
        let (code, exit) = Self.outcome(of: error.code)
        let phrase = Self.occasion(of: error.code).flatMap { product.wording.phrases[$0] }
        let hint = phrase.map { $0.hint } ?? error.hint ?? Self.defaultHint(error.code, product)
        self.init(code, phrase?.message ?? error.message, hint: hint, exit: exit)
    }

    private init(_ error: SignInError, _ product: Product) {
        let code: String =
            switch error.code {
            case .notSignedIn: "not_signed_in"
            case .tokenExpired: "token_expired"
            case .loginEnded: "login_ended"
            case .noMethod: "no_method"
            }
        let phrase: Wording.Phrase? =
            switch error.code {
            case .notSignedIn: product.wording.phrases[.notSignedIn]
            case .tokenExpired, .loginEnded: product.wording.phrases[.tokenRefused]
            case .noMethod: nil
            }
        let exit: ExitStatus = error.code == .noMethod ? .failed : .notSignedIn
        let hint = phrase.map { $0.hint } ?? error.hint ?? (exit == .notSignedIn ? signInHint(product) : nil)
        self.init(code, phrase?.message ?? error.message, hint: hint, exit: exit)
    }

    private static func outcome(of code: ClientError.Code) -> (String, ExitStatus) {
        switch code {
        case .invalidAddress: ("invalid_address", .usage)
        case .insecureAddress: ("insecure_address", .usage)
        case .issuerMismatch: ("issuer_mismatch", .failed)
        case .noMetadata: ("no_metadata", .failed)
        case .unsupported: ("unsupported", .failed)
        case .unreachable: ("unreachable", .unreachable)
        case .serverFailure: ("server_failure", .unreachable)
        case .unexpectedReply: ("unexpected_reply", .failed)
        case .replyTooLarge: ("reply_too_large", .failed)
        case .refused: ("refused", .failed)
        case .unauthorized: ("token_refused", .notSignedIn)
        case .denied: ("denied", .denied)
        case .expired: ("expired", .failed)
        case .timedOut: ("timed_out", .failed)
        case .foreignVerificationAddress: ("foreign_verification_address", .failed)
        case .stateMismatch: ("state_mismatch", .failed)
        case .callbackIssuerMismatch: ("callback_issuer_mismatch", .failed)
        case .invalidIDToken: ("invalid_id_token", .failed)
        case .cancelled: ("interrupted", .interrupted)
        }
    }

    private static func occasion(of code: ClientError.Code) -> Wording.Occasion? {
        switch code {
        case .expired: .expired
        case .denied: .denied
        case .timedOut: .timedOut
        case .unauthorized: .tokenRefused
        default: nil
        }
    }

    private static func defaultHint(_ code: ClientError.Code, _ product: Product) -> String? {
        switch code {
        case .unauthorized: signInHint(product)
        case .denied: "nothing was stored; to ask again, \(signInHint(product))"
        default: nil
        }
    }
}

/// How to sign in to a product.
func signInHint(_ product: Product) -> String {
    switch product.service {
    case .discovery: "run '\(product.commandPath) login ISSUER'"
    case .fixed: "run '\(product.commandPath) login'"
    }
}
