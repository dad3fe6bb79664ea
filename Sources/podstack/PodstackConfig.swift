import KeyfobCommands
import KeyfobYAMLFiles

/// `podstack config`: the configuration file, setting by setting.
struct PodstackConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show and change the configuration.",
        discussion: """
            Examples:
              podstack config show                           The file, without its secrets
              podstack config set defaults.output json       Answers are JSON from now on
              podstack config set-profile work               Use the profile work from now on

            The settings are \(Podstack.settings.map(\.name).joined(separator: ", ")).
            """,
        subcommands: [
            ConfigShow<Podstack>.self, ConfigGet<Podstack>.self, ConfigSet<Podstack>.self, ConfigUnset<Podstack>.self,
            ConfigReset<Podstack>.self, ConfigPath<Podstack>.self, ConfigSetProfile<Podstack>.self,
            ConfigGetProfile<Podstack>.self,
        ])
}

extension Podstack {
    private static let outputs = PodstackOptions.Output.allCases.map(\.rawValue)

    /// What `config get` and `config set` know; the last three and the type of a GPU are kept for other programs.
    static let settings = [
        NamedSetting("auth.token", at: .file(["auth", "token"]), kind: .secret),
        NamedSetting("auth.expires", at: .file(["auth", "expires"]), kind: .fixed),
        NamedSetting("defaults.project", at: .entry("project")),
        NamedSetting("defaults.output", kind: .choice(outputs), standard: "table"),
        NamedSetting("defaults.gpu_type"),
        NamedSetting("api.endpoint", at: .entry("endpoint"), standard: "https://api.podstack.ai"),
        NamedSetting("cli.color", kind: .flag, standard: "true"),
        NamedSetting("cli.confirm", kind: .flag, standard: "true"),
        NamedSetting("api.timeout", kind: .number, standard: "30"),
        NamedSetting("cli.pager"),
    ]

    /// What variables and the file say of every command, as if it had been typed.
    static func adapt(_ arguments: inout [String], _ context: inout CommandContext) {
        let screen = Screen(terminal: context.terminal, wording: wording, stream: .error)
        let preferences = Preferences(context.environment, warn: { screen.warn($0) })
        let own = Array(arguments.prefix { $0 != "--" })
        if PodstackOptions.output(in: own) == nil, let output = preferences.output {
            arguments.insert("--output=\(output)", at: 0)
        }
        if !preferences.confirms { arguments.insert("--yes", at: 0) }
        if !preferences.hasColor {
            context.environment["NO_COLOR"] = "1"
            context.terminal = .standard(environment: context.environment)
        }
        if preferences.debugs {
            let terminal = context.terminal
            context.transport = RequestLog(context.transport) { terminal.writeError("debug: \($0)\n") }
        }
    }

    /// What is on offer to programs: the standard variables, and how answers shall look.
    static func programVariables(in session: Session) async throws -> [String: String] {
        var values = try await session.programVariables()
        if session.wishes.json { values["PODSTACK_OUTPUT"] = PodstackOptions.Output.json.rawValue }
        return values
    }
}

/// What a person prefers for all commands: variables first, then the file; a file that makes no sense says nothing.
private struct Preferences {
    /// The word for `-o`; `nil` for the standard one.
    let output: String?
    /// Whether questions are asked.
    let confirms: Bool
    /// Whether there is colour.
    let hasColor: Bool
    /// Whether requests are written down.
    let debugs: Bool

    init(_ environment: [String: String], warn: @escaping @Sendable (String) -> Void) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let file = Podstack.product.place.resolve(environment).map { place in
            CredentialFile(path: place.path, format: .yaml, layout: Podstack.layout, warn: warn)
        }
        func value(_ path: [String]) -> DocumentValue? { (try? file?.value(at: path)) ?? nil }
        let chosen = variable("PODSTACK_OUTPUT") ?? value(["defaults", "output"])?.text
        output = chosen == PodstackOptions.Output.table.rawValue ? nil : chosen
        confirms = value(["cli", "confirm"])?.bool ?? true
        hasColor = variable("PODSTACK_NO_COLOR") == nil && value(["cli", "color"])?.bool ?? true
        debugs = variable("PODSTACK_DEBUG").map { !["0", "false"].contains($0) } ?? false
    }
}
