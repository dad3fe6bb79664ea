public import ArgumentParser

/// `config get NAME`: one setting, alone on a line.
public struct ConfigGet<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "get", abstract: "Show one setting.")
    }

    @Argument(help: "The setting, such as one of 'config show'.")
    var name: String

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        guard let value = try session.namedValue(name) else {
            throw Failure("not_set", "\(name) is not set", exit: .failed)
        }
        try session.answer(value)
    }
}
