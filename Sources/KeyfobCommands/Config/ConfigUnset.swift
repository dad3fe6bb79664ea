public import ArgumentParser

/// `config unset NAME`: removes one setting.
public struct ConfigUnset<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "unset", abstract: "Remove one setting.")
    }

    @Argument(help: "The setting, such as one of 'config show'.")
    var name: String

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        try session.setNamedValue(name, to: nil)
        session.screen.say("\(name) is not set any more.")
    }
}
