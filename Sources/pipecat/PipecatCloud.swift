import KeyfobCommands

/// `pipecat cloud`: the group of everything here, and the configuration.
struct PipecatCloud: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cloud", abstract: "Sign in to Pipecat Cloud, and choose organization and keys.",
        discussion: """
            --config, or --show-cli-config, prints the configuration file without its secrets. Should the file be \
            malformed, pipecat cloud auth logout resets it: it is kept under another name, and a login starts anew.
            """,
        subcommands: [PipecatAuth.self, PipecatOrganizations.self])

    @Flag(
        name: [.customLong("config"), .customLong("show-cli-config")],
        help: "Show the configuration; of secrets only the beginning.")
    var config = false

    @OptionGroup var options: PipecatOptions

    func run() async throws {
        guard config else { throw CleanExit.helpRequest(self) }
        let session = try Session(Pipecat.self, options.wishes)
        for name in ["TOKEN", "ORG", "DEFAULT_PUBLIC_KEY", "API_HOST", "DASHBOARD_HOST", "CONFIG_PATH"] {
            if Main.environment["PIPECAT_" + name]?.isEmpty == false {
                session.screen.warn("PIPECAT_\(name) is set and wins over the configuration")
            }
        }
        guard !options.wishes.json else { return try session.answer(try report(session)) }
        guard let text = try Self.text(session), !text.isEmpty else {
            return session.screen.warn("there is no configuration yet at \(session.shownPath)")
        }
        try session.answer(text.last == "\n" ? String(text.dropLast()) : text)
    }

    private func report(_ session: Session) throws -> JSONReport {
        var report = JSONReport()
        report.add("user_config_path", session.file.path)
        report.add("configuration", try Self.text(session))
        return report
    }

    // Public keys may be seen by everyone: they are what a person looks for here.
    private static func text(_ session: Session) throws -> String? {
        try session.file.text(redacting: { secret in
            let text = secret.reveal()
            return text.count > 12 ? "\(text.prefix(Pipecat.product.shownCharacters))****" : "****"
        })
    }
}
