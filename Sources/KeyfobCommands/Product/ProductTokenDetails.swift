public import ArgumentParser

/// `token-info` of a product whose service is fixed.
public struct ProductTokenDetails<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token-info", abstract: "Show what is known of the token in use.")
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).tokenInfo()
    }
}
