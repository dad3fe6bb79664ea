import ArgumentParser
import FoundationEssentials

/// What a command's options are called, as its parser describes them.
enum OptionNames {
    /// The names of the options that take a value, with their dashes, such as `--profile`.
    static func withValue(in command: any ParsableCommand.Type) -> Set<String> {
        let text = command._dumpHelp()
        guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(text.utf8)) else { return [] }
        let options = (tool.command.arguments ?? []).filter { $0.kind == "option" }
        return Set(options.flatMap { $0.names ?? [] }.map { ($0.kind == "long" ? "--" : "-") + $0.name })
    }

    private struct Tool: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        let kind: String
        let names: [Name]?
    }

    private struct Name: Decodable {
        let kind: String
        let name: String
    }
}
