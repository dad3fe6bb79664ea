public import ArgumentParser

/// `config reset`: removes all settings, and no login.
public struct ConfigReset<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reset", abstract: "Remove all settings; logins stay.")
    }

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        let question = "Reset all settings? You stay signed in."
        if !force, !options.wishes.json { guard try await session.confirms(question) else { return } }
        if let path = try session.resetNamedValues() {
            session.screen.warn("the configuration file made no sense; it was kept as \(path)")
        }
        session.screen.say("Settings are reset.")
    }
}
