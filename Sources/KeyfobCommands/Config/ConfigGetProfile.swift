public import ArgumentParser

/// `config get-profile`: the active profile, alone on a line.
public struct ConfigGetProfile<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "get-profile", abstract: "Show which profile is used.")
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        try session.answer(try session.profile()?.value ?? session.key())
    }
}
