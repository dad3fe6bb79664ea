import FoundationEssentials
public import KeyfobCredentialFiles
import KeyfobCredentials
public import KeyfobSignIn
import KeyfobTerminal

/// A product's credentials and service, as one command finds them.
///
/// A command of a product makes one first, and does everything by it.
public struct Session: Sendable {
    /// The facts.
    public let product: Product
    /// What the command takes from the world.
    public let context: CommandContext
    /// The product's screens; on standard error when the answer is JSON.
    public let screen: Screen
    /// The credential file.
    public let file: CredentialFile
    /// What the person chose.
    public let wishes: Wishes

    let cli: any ProductCLI.Type
    let layout: CredentialLayout
    let secrets: (any SecretStore)?

    /// Finds the credential file; nothing is read yet.
    ///
    /// - Parameters:
    ///   - cli: The tool.
    ///   - wishes: What the person chose: the `wishes` of the tool's options.
    /// - Throws: ``Failure`` without a home folder.
    public init<CLI: ProductCLI>(_ cli: CLI.Type, _ wishes: Wishes = Wishes()) throws(Failure) {
        try self.init(cli, wishes, showingOn: wishes.json ? .error : .output)
    }

    init<CLI: ProductCLI>(
        _ cli: CLI.Type, _ wishes: Wishes, showingOn stream: Terminal.Stream
    ) throws(Failure) {
        let context = try CommandContext.required()
        let product = CLI.product
        guard let place = product.place.resolve(context.environment) else {
            throw Self.homeless(product)
        }
        let screen = Screen(terminal: context.terminal, wording: product.wording, stream: stream)
        self.cli = cli
        self.product = product
        self.layout = CLI.layout
        self.context = context
        self.screen = screen
        self.wishes = wishes
        secrets = CLI.secrets(in: context)
        file = CredentialFile(
            path: place.path, format: CLI.format, layout: CLI.layout, ownsFolder: place.ownsFolder,
            secrets: secrets.map { secrets in
                SecretsApart(
                    store: secrets, product: product.name,
                    sharedLockFolder: Self.sharedFolder(context.environment, beside: place.path))
            },
            warn: { screen.warn($0) })
    }

    // A keyring is one for all of a user's configuration folders, and so is the lock of what it keeps.
    private static func sharedFolder(_ environment: [String: String], beside path: String) -> String {
        func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { "\($0)/.local/state" }
        return state.map { "\($0)/keyfob" } ?? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    }

    private static func homeless(_ product: Product) -> Failure {
        let variable = product.place.folderVariable.map { " or \($0)" } ?? ""
        return Failure(
            "no_home", "there is no place for credentials: HOME is not set",
            hint: "set HOME\(variable) to the absolute path of a folder", exit: .failed)
    }

    /// The file's path as screens show it: with `~` for the home folder.
    public var shownPath: String { shown(file.path) }

    /// A path as screens show it.
    public func shown(_ path: String) -> String {
        CredentialPlace.abbreviated(path, environment: context.environment)
    }
}
