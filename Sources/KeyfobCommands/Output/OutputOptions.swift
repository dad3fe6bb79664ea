public import ArgumentParser

/// What a person chose for one command, whatever its options are called.
public struct Wishes: Sendable, Equatable {
    /// Whether the answer is JSON.
    public var json: Bool
    /// The profile; `nil` takes the one that is set.
    public var profile: String?
    /// The service's address; `nil` takes the one that is set.
    public var baseURL: String?
    /// The project; `nil` takes the one that is set.
    public var project: String?
    /// The organization; `nil` takes the one that is set.
    public var organization: String?
    /// Whether every question of the command is answered with yes; false by default.
    public var assumesYes: Bool
    /// How often a request is repeated that failed for the moment; 0 by default.
    public var retries: Int

    /// Makes wishes; nothing is wished for by default.
    public init(
        json: Bool = false, profile: String? = nil, baseURL: String? = nil, project: String? = nil,
        organization: String? = nil, assumesYes: Bool = false, retries: Int = 0
    ) {
        self.json = json
        self.profile = profile
        self.baseURL = baseURL
        self.project = project
        self.organization = organization
        self.assumesYes = assumesYes
        self.retries = retries
    }
}

/// A product's options that stand before or after any verb.
public protocol ProductOptions: ParsableArguments {
    /// What they say.
    var wishes: Wishes { get }

    /// What of them is handed on to programs of the product, as arguments before the person's own; nothing by default.
    var passedOn: [String] { get }

    /// Whether a command line asks for JSON; it may be one that makes no sense otherwise.
    ///
    /// - Parameter arguments: The arguments without the program's name, up to a `--`.
    /// - Returns: Whether errors shall be JSON.
    static func asksForJSON(_ arguments: [String]) -> Bool
}

extension ProductOptions {
    /// Nothing.
    public var passedOn: [String] { [] }

    /// Whether `--json` is among the arguments.
    public static func asksForJSON(_ arguments: [String]) -> Bool {
        arguments.contains("--json")
    }
}

/// The options of a product that has no others.
public struct OutputOptions: ProductOptions {
    @Flag(help: "Print JSON on standard output, and errors as JSON on standard error.")
    var json = false

    /// Makes the options for their parser.
    public init() {}

    /// Whether JSON is wished for.
    public var wishes: Wishes { Wishes(json: json) }
}

/// Which issuer a command is about.
struct IssuerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The sign-in server to use, if not the current one.",
            discussion: "The current one is that of the latest login.", valueName: "issuer"))
    var issuer: String?
}
