public import ArgumentParser
public import KeyfobCredentialFiles
public import KeyfobSignIn

/// A product's command-line tool: its facts, its file's format, and its commands.
public protocol ProductCLI: Sendable {
    /// The facts.
    static var product: Product { get }
    /// The format of the credential file.
    static var layout: CredentialLayout { get }
    /// One sentence on what the tool does.
    static var abstract: String { get }
    /// What a newcomer should read below the list of commands.
    static var discussion: String { get }
    /// The commands, in the order of the help.
    static var commands: [any ParsableCommand.Type] { get }
}

extension ProductCLI {
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
            subcommands: CLI.commands)
    }
}
