import KeyfobCommands

/// `pipecat cloud organizations keys`: public keys, which programs start agents with.
struct PipecatKeys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Manage an organization's public API keys.",
        subcommands: [List.self, PipecatKeyCreate.self, Use.self, PipecatKeyRevoke.self])

    /// `pipecat cloud organizations keys list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List API keys for an organization.",
            discussion: "The default key of your configuration is marked.")

        @OptionGroup var choice: OrganizationOption
        @OptionGroup var options: PipecatOptions

        func run() async throws {
            let session = try Session(Pipecat.self, options.wishes)
            let organization = try await choice.name(in: session)
            let keys = try await PipecatKey.all(of: organization, in: session)
            guard !options.wishes.json else {
                var report = JSONReport()
                report.add("public", keys.map(\.report))
                return try session.answer(report)
            }
            guard !keys.isEmpty else {
                session.screen.say("No API keys found.")
                return session.screen.say(
                    "Create a new API key with the pipecat cloud organizations keys create command.")
            }
            let marked = try DefaultKey(session: session, organization: organization).value()
            session.screen.say("API keys for organization: \(organization)")
            session.screen.table(
                ["Name", "Key", "Created At", "Status"],
                keys.map { key in
                    let status = key.revoked ? "Revoked" : key.key == marked ? "Active, default" : "Active"
                    return [key.metadata.name, key.key, key.createdAt, status]
                })
        }
    }

    /// `pipecat cloud organizations keys use`.
    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use", abstract: "Set the default API key for an organization in the local configuration.")

        @Argument(help: ArgumentHelp("The key's name, its id, or the key itself.", valueName: "key"))
        var key: String?
        @OptionGroup var choice: OrganizationOption
        @OptionGroup var options: PipecatOptions

        func run() async throws {
            let session = try Session(Pipecat.self, options.wishes)
            let organization = try await choice.name(in: session)
            let key = try await PipecatKey.one(key, to: "use", of: organization, in: session)
            try DefaultKey(session: session, organization: organization).set(key.key, name: key.metadata.name)
            guard !options.wishes.json else { return try session.answer(key.report) }
            session.screen.say("Default API key for \(organization) set to \(key.metadata.name)")
            session.screen.say("Stored in \(session.shownPath)")
        }
    }
}
