public import ArgumentParser

/// `token` of a product whose service is fixed: prints what requests carry, and nothing else.
public struct ProductToken<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token", abstract: "Print a token that is valid now.",
            discussion: """
                Refreshes it if it ends within a minute. For use in other programs.
                """)
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        // What is not the token must not get into a program's variable.
        let session = try Session(CLI.self, options.wishes, showingOn: .error)
        try session.answer(try await session.presentedToken().token.reveal())
    }
}
