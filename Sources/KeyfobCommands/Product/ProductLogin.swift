public import ArgumentParser

/// `login` of a product that has no options for it.
public struct ProductLogin<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "login", abstract: "Sign in to \(CLI.product.displayName).")
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).login()
    }
}
