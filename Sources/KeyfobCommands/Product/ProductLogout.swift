public import ArgumentParser

/// `logout` of a product whose service is fixed.
public struct ProductLogout<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "logout", abstract: "Sign out of \(CLI.product.displayName).",
            discussion: """
                Ends the token that the login made, on the server too, and removes it here. When the server can't be \
                reached, it is removed here all the same, and you are told what may still be alive there.
                """)
    }

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        try await Session(CLI.self, options.wishes).logout(asks: !force)
    }
}
