public import ArgumentParser

/// `config path`: the absolute path of the file, alone on a line.
public struct ConfigPath<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "path", abstract: "Show where the configuration file is.")
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        try session.answer(session.file.path)
    }
}
