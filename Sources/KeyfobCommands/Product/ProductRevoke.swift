public import ArgumentParser

/// `revoke` of a product whose service is fixed.
public struct ProductRevoke<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke", abstract: "Revoke the token in use, wherever it came from.",
            discussion: """
                The token stops working everywhere, and you have to sign in again.
                """)
    }

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).revoke(asks: !force)
    }
}
