import KeyfobCommands

/// `cldkctl profile`: who is signed in, in which organization, and with which token.
struct CldkctlProfile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Show who is signed in, as the service knows you.",
        usage: "cldkctl profile [flags]",
        discussion: """
            With -O it shows you in another of your organizations, and with -P one of its projects.

            Exits with 0 if the service accepts the token, 4 if not or where there is none, and 6 if it can't be reached.
            """)

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let (credential, source) = try await session.credential()
        let person = try await Self.person(session)
        let project = try await Self.project(session)
        let rows: [(member: String, label: String, value: String?)] = [
            ("name", "Name:", person.value(at: ["name"])?.text),
            ("email", "Email:", person.value(at: ["email"])?.text),
            ("id", "User ID:", person.value(at: ["id"])?.text),
            ("organization", "Organization:", person.value(at: ["organization_name"])?.text),
            ("organization_id", "Organization ID:", person.value(at: ["organization_id"])?.text),
            ("role", "Role:", person.value(at: ["role"])?.text),
            ("project", "Project:", project?.value(at: ["name"])?.text),
            ("project_id", "Project ID:", project?.value(at: ["id"])?.text),
            ("token", "Token:", session.values(of: credential)["token"].map { $0 + "..." }),
            ("source", "Source:", session.name(of: source)),
        ]
        guard !options.wishes.json else {
            var report = JSONReport()
            for row in rows where row.value != nil { report.add(row.member, row.value) }
            return try session.answer(report)
        }
        session.screen.rows(rows.filter { $0.value != nil }.map { ($0.label, $0.value) }, indent: 0)
    }

    private static func person(_ session: Session) async throws -> ReplyValue {
        guard let name = session.organization()?.value else { return try await session.get("/core/user/profile") }
        return try await naming("organization", name, "Check -O, or the variable CLDKCTL_ORGANIZATION.") {
            try await session.get(path("/core/user/profile", in: session))
        }
    }

    private static func project(_ session: Session) async throws -> ReplyValue? {
        guard let name = session.project()?.value else { return nil }
        return try await naming("project", name, "Check -P, or the variable CLDKCTL_DEFAULT_PROJECT_ID.") {
            try await session.get(path("/core/user/project/detail/\(name)", in: session))
        }
    }

    private static func path(_ path: ResourcePath, in session: Session) -> ResourcePath {
        guard let organization = session.organization()?.value else { return path }
        return path.with(FormFields([("organization_id", organization)]))
    }

    private static func naming(
        _ what: String, _ name: String, _ hint: String, _ body: () async throws -> ReplyValue
    ) async throws -> ReplyValue {
        do {
            return try await body()
        } catch let error as ClientError where error.code == .notFound {
            throw Failure("not_found", "there is no \(what) '\(name)' of yours", hint: hint, exit: .failed)
        }
    }
}
