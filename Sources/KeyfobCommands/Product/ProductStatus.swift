public import ArgumentParser

/// `status` of a product whose service is fixed.
public struct ProductStatus<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status", abstract: "Show whether you are signed in, here and on the server.",
            discussion: """
                Exits with 0 if the server accepts the token, 4 if not, and 6 if the server can't be reached.
                """)
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).status()
    }
}
