import KeyfobCommands

/// The options that stand before or after any command of Podstack.
struct PodstackOptions: ProductOptions {
    /// How answers are printed.
    enum Output: String, ExpressibleByArgument, CaseIterable {
        /// For people.
        case table
        /// For programs.
        case json
    }

    @Option(help: ArgumentHelp("The profile to use.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("The project to work in.", valueName: "project"))
    var project: String?

    @Option(name: .shortAndLong, help: "How to print the answer.")
    var output: Output?

    @Flag(help: "Print IDs only, where there is a list.")
    var quiet = false

    @Flag(help: "Answer every question with yes.")
    var yes = false

    /// What they say.
    var wishes: Wishes {
        Wishes(json: output == .json, profile: profile, project: project, assumesYes: yes)
    }

    /// What programs have no variable for.
    var passedOn: [String] { (quiet ? ["--quiet"] : []) + (yes ? ["--yes"] : []) }

    /// Whether a command line says `-o json` in any of its spellings.
    static func asksForJSON(_ arguments: [String]) -> Bool {
        output(in: arguments) == Output.json.rawValue
    }

    /// The word after the last `-o` or `--output`; `nil` without one.
    static func output(in arguments: [String]) -> String? {
        var found: String?
        for (index, word) in arguments.enumerated() {
            if word == "-o" || word == "--output" {
                found = index + 1 < arguments.count ? arguments[index + 1] : ""
            } else if let text = ["--output=", "-o="].lazy.filter({ word.hasPrefix($0) }).first {
                found = String(word.dropFirst(text.count))
            }
        }
        return found
    }
}
