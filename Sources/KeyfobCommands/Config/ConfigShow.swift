public import ArgumentParser

/// `config show`: the file with its secrets shortened.
public struct ConfigShow<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: "Show the configuration file, without its secrets.")
    }

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        guard let text = try session.redactedFile() else {
            session.screen.say("There is no configuration yet: \(session.shownPath) does not exist.")
            return
        }
        try session.answer(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
}
