public import ArgumentParser

/// `refresh` of a product whose service is fixed.
public struct ProductRefresh<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "refresh", abstract: "Get a new token for this login.",
            discussion: """
                A login is refreshed by itself when it is needed; this does it now.
                """)
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).refresh()
    }
}
