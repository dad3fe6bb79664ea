import ArgumentParser

/// A tool's commands, and the way that a command line takes through them.
struct CommandTree {
    /// A word that is no command where one was due.
    struct Stray {
        /// The word.
        let word: String
        /// What stands before it, but for the words of the path: options.
        let options: [String]
        /// What follows it.
        let rest: [String]
    }

    /// How far a command line leads.
    struct Route {
        /// The names of the groups and the command.
        var path: [String] = []
        /// The commands that can follow.
        var choices: [String] = []
        /// The first word that is none of them.
        var stray: Stray?
    }

    let root: any ParsableCommand.Type

    /// Follows a command line.
    ///
    /// - Parameter arguments: The arguments without the program's name.
    /// - Returns: How far it leads.
    func route(_ arguments: [String]) -> Route {
        var route = Route()
        var level: any ParsableCommand.Type = root
        var options: [String] = []
        var takesValue: Set<String>?
        route.choices = Self.names(of: level) + ["help"]
        var index = 0
        while index < arguments.count, !route.choices.isEmpty {
            let argument = arguments[index]
            index += 1
            if argument.hasPrefix("-") {
                // What follows the parser's own requests are no commands.
                guard !["--", "--generate-completion-script", "---completion"].contains(argument) else { break }
                options.append(argument)
                // Dumping the tree takes its time: only for who puts options in front.
                takesValue = takesValue ?? OptionNames.withValue(in: level)
                if takesValue?.contains(argument) == true, index < arguments.count {
                    options.append(arguments[index])
                    index += 1
                }
            } else if let next = Self.child(argument, of: level) {
                level = next
                route.path.append(argument)
                route.choices = Self.names(of: level)
                takesValue = nil
            } else {
                if argument != "help" || !route.path.isEmpty {
                    route.stray = Stray(word: argument, options: options, rest: Array(arguments[index...]))
                }
                break
            }
        }
        return route
    }

    private static func child(_ word: String, of level: any ParsableCommand.Type) -> (any ParsableCommand.Type)? {
        level.configuration.subcommands.first { name(of: $0) == word || $0.configuration.aliases.contains(word) }
    }

    private static func names(of level: any ParsableCommand.Type) -> [String] {
        level.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { name(of: $0) }
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command._commandName
    }
}
