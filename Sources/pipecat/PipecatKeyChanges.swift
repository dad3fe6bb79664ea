import KeyfobCommands

/// `pipecat cloud organizations keys create`.
struct PipecatKeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an API key for an organization.",
        discussion: "Owners and admins of the organization may. A public key may be seen by everyone.")

    @Option(name: .shortAndLong, help: "A human readable name for the new key; asked for without it.")
    var name: String?
    @Flag(name: .shortAndLong, help: "Make it the default key in the local configuration.")
    var `default` = false
    @OptionGroup var choice: OrganizationOption
    @OptionGroup var options: PipecatOptions

    private struct Wish: Encodable {
        let name: String
        let type = "public"
    }

    private struct Reply: Decodable, Sendable {
        let key: String
    }

    func run() async throws {
        let session = try Session(Pipecat.self, options.wishes)
        let organization = try await choice.name(in: session)
        let name = try await wantedName(session)
        let made: Reply = try await PipecatKey.naming(organization) {
            try await session.post(PipecatPaths.keys(of: organization), json: Wish(name: name))
        }
        let isDefault = try await isWanted(session)
        if isDefault { try DefaultKey(session: session, organization: organization).set(made.key, name: name) }
        guard !options.wishes.json else {
            var report = JSONReport()
            report.add("name", name)
            report.add("key", made.key)
            report.add("organization", organization)
            report.add("default", isDefault)
            return try session.answer(report)
        }
        session.screen.rows([("Name", name), ("Key", made.key), ("Organization ID", organization)], indent: 0)
        session.screen.say(isDefault ? "Using as default in \(session.shownPath)" : "Bypassing using key as default")
    }

    private func wantedName(_ session: Session) async throws -> String {
        if let name, !name.isEmpty { return name }
        let canAsk = session.context.terminal.inputIsTerminal && !options.wishes.json
        let typed = canAsk ? try await session.line("Human readable name for the API key: ") ?? "" : ""
        guard !typed.isEmpty else {
            throw Failure(
                "usage", "You must enter a name for the API key", hint: "Say it with --name.", exit: .usage)
        }
        return typed
    }

    // Where nobody can be asked the key is made all the same, and nothing here changes.
    private func isWanted(_ session: Session) async throws -> Bool {
        guard !`default` else { return true }
        guard session.context.terminal.inputIsTerminal, !options.wishes.json else { return false }
        return try await session.confirms(
            "Would you like to make this key the default key in your local configuration?")
    }
}

/// `pipecat cloud organizations keys revoke`.
struct PipecatKeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke an API key for an organization.",
        discussion: "It ends at once and for good; as the default of your configuration it is forgotten.")

    @Argument(help: ArgumentHelp("The key's name, its id, or the key itself.", valueName: "key"))
    var key: String?
    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false
    @OptionGroup var choice: OrganizationOption
    @OptionGroup var options: PipecatOptions

    func run() async throws {
        let session = try Session(Pipecat.self, options.wishes)
        let organization = try await choice.name(in: session)
        let key = try await PipecatKey.one(key, to: "revoke", of: organization, in: session)
        if !force, !options.wishes.json {
            let question = "Revoke \(key.metadata.name)? Everything that uses it stops working."
            guard try await session.confirms(question) else { return }
        }
        try await session.perform(ResourceRequest(.delete, PipecatPaths.keys(of: organization, id: key.id)))
        let wasDefault = try DefaultKey(session: session, organization: organization).forget(key.key)
        guard !options.wishes.json else {
            var report = JSONReport()
            report.add("id", key.id)
            report.add("revoked", true)
            report.add("was_default", wasDefault)
            return try session.answer(report)
        }
        session.screen.say("API key with ID: '\(key.id)' revoked successfully.")
        if wasDefault { session.screen.say("It was the default key in \(session.shownPath), which is forgotten.") }
    }
}
