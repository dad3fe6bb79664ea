public import ArgumentParser
public import KeyfobCredentialFiles
public import KeyfobCredentials
public import KeyfobSignIn

/// A product's command-line tool: its facts, its file's format, its commands, and what only it does around a login.
///
/// All but the facts and the commands has a default.
public protocol ProductCLI: Sendable {
    /// The options that stand before or after any verb; ``OutputOptions`` by default.
    associatedtype Options: ProductOptions = OutputOptions

    /// The facts.
    static var product: Product { get }
    /// Where the credential file has what.
    static var layout: CredentialLayout { get }
    /// How the credential file is written; JSON by default.
    static var format: any DocumentFormat { get }
    /// A keyring for tokens that are kept out of the file, such as ``CommandContext/keyring``; none by default.
    ///
    /// - Parameter context: What the command takes from the world.
    /// - Returns: The keyring; `nil` keeps all in the file.
    static func secrets(in context: CommandContext) -> (any SecretStore)?
    /// Where in the file its settings are, which the commands read; none by default.
    static var stored: StoredSettings { get }
    /// The settings that people read and write by name, with the `config` commands; none by default.
    static var settings: [NamedSetting] { get }
    /// One sentence on what the tool does.
    static var abstract: String { get }
    /// What a newcomer should read below the list of commands.
    static var discussion: String { get }
    /// The commands, in the order of the help; a group is a command with subcommands.
    static var commands: [any ParsableCommand.Type] { get }

    /// Adapts a command line, and what it takes from the world, before anything reads them; changes nothing by default.
    ///
    /// For what people set by variables and files of the product, and could have said by options.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - context: What the command takes from the world.
    static func adapt(_ arguments: inout [String], _ context: inout CommandContext)

    /// Completes a credential that a server has just given, before it is stored; changes nothing by default.
    ///
    /// - Parameters:
    ///   - credential: The new credential. ``Session/send(_:as:with:)`` takes its token.
    ///   - session: The session that will store it.
    /// - Returns: What to store.
    /// - Throws: Anything; then nothing is stored, and what the login minted is ended on the server.
    static func complete(_ credential: Credential, in session: Session) async throws -> Credential

    /// Does what follows a stored login, such as to remember a setting; nothing by default.
    ///
    /// - Parameters:
    ///   - credential: The credential as it was stored.
    ///   - session: The session.
    /// - Returns: More values for the placeholders of ``Wording/signedIn``.
    /// - Throws: Anything; the login stays stored.
    static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String]

    /// Does what follows a logout; nothing by default.
    ///
    /// - Parameter session: The session, whose credential is gone.
    /// - Throws: Anything.
    static func afterLogout(in session: Session) async throws

    /// More values for `whoami`, asked of the service; none by default.
    ///
    /// - Parameter session: The session, whose token the service has accepted.
    /// - Returns: Values for the placeholders of ``Wording/details``, which are members of `--json`, too.
    /// - Throws: What ends the command.
    static func identity(in session: Session) async throws -> [String: String]

    /// What programs of the product get in their environment; by default the token, and what was chosen for it.
    ///
    /// - Parameter session: The session.
    /// - Returns: Variables and values.
    /// - Throws: ``SignInError`` where nobody is signed in.
    static func programVariables(in session: Session) async throws -> [String: String]
}

extension ProductCLI {
    /// JSON.
    public static var format: any DocumentFormat { .json }
    /// None: all is kept in the file.
    public static func secrets(in context: CommandContext) -> (any SecretStore)? { nil }
    /// None.
    public static var stored: StoredSettings { StoredSettings() }
    /// None.
    public static var settings: [NamedSetting] { [] }
    /// As they are.
    public static func adapt(_ arguments: inout [String], _ context: inout CommandContext) {}
    /// The credential as the server gave it.
    public static func complete(_ credential: Credential, in session: Session) async throws -> Credential {
        credential
    }
    /// Nothing more.
    public static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String] {
        [:]
    }
    /// Nothing more.
    public static func afterLogout(in session: Session) async throws {}
    /// Nothing more.
    public static func identity(in session: Session) async throws -> [String: String] { [:] }
    /// The token, and what was chosen for it.
    public static func programVariables(in session: Session) async throws -> [String: String] {
        try await session.programVariables()
    }

    /// What `--version` prints.
    public static var version: String {
        let relation = product.affiliation.map { " (\($0))" } ?? ""
        return "\(product.name) \(Version.current)\(relation)"
    }
}

/// The command that all others hang on.
struct RootCommand<CLI: ProductCLI>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: CLI.product.name, abstract: CLI.abstract, discussion: CLI.discussion, version: CLI.version,
            subcommands: CLI.commands + [CompletionScript<CLI>.self, HelpMan<CLI>.self])
    }

    // Here as well as in the commands, so that it can stand before a verb; the parser hands the same value on.
    @OptionGroup var options: CLI.Options
}
