import KeyfobCommands

/// `pipecat cloud organizations`: which there are, which is active, and their keys.
struct PipecatOrganizations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations", abstract: "Show and choose organizations, and manage their public keys.",
        subcommands: [List.self, Select.self, PipecatKeys.self])

    /// `pipecat cloud organizations list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the organizations that you are a member of.")

        @OptionGroup var options: PipecatOptions

        func run() async throws {
            let session = try Session(Pipecat.self, options.wishes)
            let all = try await PipecatOrganization.all(in: session)
            guard !options.wishes.json else {
                var report = JSONReport()
                report.add("organizations", all.map(\.report))
                return try session.answer(report)
            }
            let active = session.organization()?.value
            session.screen.table(
                ["Organization Name", "Organization ID", "Active"],
                all.map { [$0.verboseName, $0.name, $0.name == active ? "active" : ""] })
        }
    }

    /// `pipecat cloud organizations select`.
    struct Select: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "select", abstract: "Select an organization to use.",
            discussion: "Without --organization it asks, which needs a terminal.")

        @OptionGroup var choice: OrganizationOption
        @OptionGroup var options: PipecatOptions

        func run() async throws {
            let session = try Session(Pipecat.self, options.wishes)
            let all = try await PipecatOrganization.all(in: session)
            let chosen: PipecatOrganization
            if let name = choice.organization {
                guard let match = all.first(where: { $0.name == name }) else { throw PipecatOrganization.unknown(name) }
                chosen = match
            } else {
                let menu = Menu(question: "Select default organization", instead: "--organization")
                chosen = all[try await menu.ask(all.map(\.shown), in: session)]
            }
            try session.setOrganization(chosen.name)
            if Main.environment["PIPECAT_ORG"]?.isEmpty == false {
                session.screen.warn("PIPECAT_ORG is set and goes on being used instead of this organization")
            }
            guard !options.wishes.json else {
                var report = JSONReport()
                report.add("organization", chosen.report)
                return try session.answer(report)
            }
            session.screen.say("Current organization set to \(chosen.shown)")
            session.screen.say("Default organization updated in \(session.shownPath)")
        }
    }
}

/// The organization of one command.
struct OrganizationOption: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The organization's ID.", valueName: "id"))
    var organization: String?

    /// The organization's ID: the option's, else the one that is active.
    func name(in session: Session) async throws -> String {
        if let organization { return organization }
        if let configured = session.organization() { return configured.value }
        return try await PipecatOrganization.active(in: session).name
    }
}
