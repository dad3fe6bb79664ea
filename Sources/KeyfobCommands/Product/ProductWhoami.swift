public import ArgumentParser

/// `whoami` of a product whose service is fixed.
public struct ProductWhoami<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "whoami", abstract: "Show whose token is used, and verify it.",
            discussion: """
                Exits with 0 if the server accepts the token, 4 if not, and 6 if the server can't be reached.
                """)
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).whoami()
    }
}
