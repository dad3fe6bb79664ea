import KeyfobClient
import KeyfobCredentials
public import KeyfobSignIn
import KeyfobTerminal

/// What a command ends with when it does not end well: an exit code, and two texts for people.
public struct Failure: Error, Sendable {
    /// What went wrong, for programs: a word of `--json`'s `code`.
    public let code: String
    /// What happened: lower case, no final period.
    public let message: String
    /// What to do next, in the same form.
    public let hint: String?
    /// The command that does it, shown on a line of its own; `nil` where the hint says it.
    public let command: String?
    /// The exit code.
    public let exit: Int32

    /// Makes a failure.
    public init(_ code: String, _ message: String, hint: String? = nil, command: String? = nil, exit: ExitStatus) {
        self.init(code, message, hint: hint, command: command, status: exit.rawValue)
    }

    /// Makes a failure of a product's phrase.
    public init(_ code: String, _ phrase: Wording.Phrase, exit: ExitStatus) {
        self.init(code, phrase.message, hint: phrase.hint, command: phrase.command, status: exit.rawValue)
    }

    init(_ code: String, _ message: String, hint: String?, command: String? = nil, status: Int32) {
        self.code = code
        self.message = message
        self.hint = hint
        self.command = command
        self.exit = status
    }
}

extension Failure {
    /// The failure that an error stands for, in a product's own words where it has some.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - product: Whose words.
    ///   - verb: The command that failed, for the words that only it has; `""` is none.
    init(_ error: any Error, of product: Product, during verb: String = "") {
        switch error {
        case let error as Failure: self = error
        case let error as ClientError: self.init(error, product, verb)
        case let error as SignInError: self.init(error, product, verb)
        case let error as CredentialStoreError:
            let phrase = error.code == .corrupt ? product.wording.phrases[.malformedFile] : nil
            self.init(
                "store_\(error.code.rawValue)",
                phrase?.message.replacing("{message}", with: error.message) ?? error.message,
                hint: phrase?.hint ?? error.hint, exit: .failed)
        case let error as TransportError:
            // A port of this machine is no matter of the network.
            let isOurs = error.code == .noPort
            self.init(isOurs ? "no_port" : "unreachable", error.message, exit: isOurs ? .failed : .unreachable)
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

    private init(_ error: ClientError, _ product: Product, _ verb: String) {
        let (code, exit) = Self.outcome(of: error.code)
        if let phrase = Self.occasion(of: error.code).flatMap({ product.wording.phrases[$0] }) {
            // What the server said of it is more than the product's general words.
            let message = error.code == .forbidden ? error.serverText ?? phrase.message : phrase.message
            self.init(code, message, hint: phrase.hint, command: phrase.command, exit: exit)
            return
        }
        let template = product.wording.failures[verb] ?? "{message}"
        let message = template.replacing("{message}", with: error.message)
        self.init(code, message, hint: error.hint ?? Self.defaultHint(error.code, product), exit: exit)
    }

    private init(_ error: SignInError, _ product: Product, _ verb: String) {
        let (code, exit, occasion) = Self.outcome(of: error.code)
        if let phrase = occasion.flatMap({ product.wording.phrases[$0] }) {
            self.init(code, phrase, exit: exit)
            return
        }
        let template = exit == .notSignedIn ? "{message}" : product.wording.failures[verb] ?? "{message}"
        let message = template.replacing("{message}", with: error.message)
        let hint = error.hint ?? (exit == .notSignedIn ? signInHint(product) : nil)
        self.init(code, message, hint: hint, exit: exit)
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
    case .fixed: "run '\(product.signInCommand)'"
    }
}

extension Product {
    /// What a person types to sign in.
    public var signInCommand: String { "\(commandPath) \(wording.signInVerb)" }
}
