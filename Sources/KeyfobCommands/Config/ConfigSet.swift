public import ArgumentParser

/// `config set NAME VALUE`: changes one setting.
public struct ConfigSet<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set", abstract: "Change one setting.")
    }

    @Argument(help: "The setting, such as one of 'config show'.")
    var name: String

    @Argument(help: "Its value.")
    var value: String

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        try session.setNamedValue(name, to: value)
        session.screen.say("\(name) = \(value)")
    }
}
