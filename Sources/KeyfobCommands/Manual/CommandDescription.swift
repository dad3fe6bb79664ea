import ArgumentParser
import FoundationEssentials

/// A command with its arguments and subcommands, as its parser describes them.
struct CommandDescription: Decodable {
    /// A positional argument, an option or a flag.
    struct Argument: Decodable {
        /// What it is.
        enum Kind: String, Decodable {
            case positional
            case option
            case flag
        }

        /// A name with what goes in front of it.
        struct Name: Decodable {
            let kind: String
            let name: String

            /// As it is typed: `--name`, `-n`, or `-name` with one dash.
            var typed: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: Kind
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let preferredName: Name?
        let valueName: String?
        let defaultValue: String?
        let abstract: String?
        let discussion: String?
    }

    let commandName: String
    let shouldDisplay: Bool?
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandDescription]?

    /// Describes a command.
    ///
    /// - Parameter command: The command.
    /// - Returns: Its description.
    /// - Throws: `DecodingError` if the parser's format is another one than we know.
    static func of(_ command: any ParsableCommand.Type) throws -> CommandDescription {
        struct Tool: Decodable { let command: CommandDescription }
        return try JSONDecoder().decode(Tool.self, from: Data(command._dumpHelp().utf8)).command
    }

    /// The arguments that help shows.
    var shownArguments: [Argument] { (arguments ?? []).filter { $0.shouldDisplay } }

    /// The commands below it that help shows, but for `help` itself.
    var shownSubcommands: [CommandDescription] {
        (subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
    }
}
