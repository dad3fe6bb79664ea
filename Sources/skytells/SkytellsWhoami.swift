import KeyfobCommands

/// `skytells whoami`: which token and which access key are used, and what the service says of them.
struct SkytellsWhoami: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show which token and access key are used, and verify them.",
        discussion: """
            Exits with 0 if the service accepts what is stored, 4 if not, and 6 if it can't be reached.
            """)

    @OptionGroup var options: OutputOptions

    func run() async throws {
        let session = try Session(Skytells.self, options.wishes)
        let key = try AccessKey(in: session)
        guard options.wishes.json else {
            // A machine that only deploys has an access key and no token.
            if key == nil || session.isSignedIn { try await session.whoami() }
            if let key { try await show(key, session) }
            return
        }
        var members: [(name: String, value: JSONReport)] = []
        if let key { members.append(("access_key", try await report(key, session))) }
        if key == nil || session.isSignedIn {
            try await session.whoami(adding: members)
        } else {
            var report = JSONReport()
            for member in members { report.add(member.name, member.value) }
            try session.answer(report)
        }
    }

    private func show(_ key: AccessKey, _ session: Session) async throws {
        session.screen.show([
            Wording.Line("Access Key: \(key.prefix)...", sign: .note),
            Wording.Line("Source: \(key.source.rawValue)", sign: .note),
        ])
        let project = try await key.project(in: session)
        session.screen.show(Wording.Line("Project: \(project.name) (\(project.slug))", sign: .note))
    }

    private func report(_ key: AccessKey, _ session: Session) async throws -> JSONReport {
        var report = JSONReport()
        report.add("prefix", key.prefix)
        report.add("source", key.source == .environment ? "environment" : "credentials_file")
        report.add("project", try await key.project(in: session).report)
        return report
    }
}
