import FoundationEssentials
import KeyfobCommands

/// `skytells link`: the access key of a project, checked before it is kept.
struct SkytellsLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Link a project by its access key.",
        discussion: """
            The key is checked with the service first; one that is refused changes nothing. Without a key on the \
            command line it is asked for, and not shown; without a terminal one line of standard input is read.

            A key in \(AccessKey.variable) wins over the linked one, and is never stored or removed.
            """)

    @Argument(help: ArgumentHelp("The access key of the project.", valueName: "access-key"))
    var accessKey: String?

    @Flag(help: "Remove the linked key from this machine; it stays good elsewhere.")
    var remove = false

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if remove, accessKey != nil { throw ValidationError("--remove takes no access key") }
    }

    func run() async throws {
        let session = try Session(Skytells.self, options.wishes)
        guard !remove else { return try unlink(session) }
        let key = try AccessKey(typed: try await typed(session))
        let project = try await key.project(in: session)
        try session.file.setValue(.string(key.secret.reveal()), at: AccessKey.member)
        if session.context.environment[AccessKey.variable]?.isEmpty == false {
            session.screen.warn("\(AccessKey.variable) is set and goes on being used instead of this key")
        }
        try tell(project, session)
    }

    private func typed(_ session: Session) async throws -> String {
        if let accessKey {
            session.warnOfTokenOnCommandLine("pipe it into 'skytells link', or set \(AccessKey.variable)")
            return accessKey
        }
        let line = try await session.hiddenLine("Paste the project's access key: ") ?? ""
        let key = line.trimmingSpaces
        guard !key.isEmpty else {
            throw Failure("usage", "no access key was given", hint: "run 'skytells link --help'", exit: .usage)
        }
        return key
    }

    private func tell(_ project: AccessKey.Project, _ session: Session) throws {
        guard options.wishes.json else {
            session.screen.show([
                Wording.Line("Access key verified!", sign: .success),
                Wording.Line("Linked to project: \(project.name)", sign: .note),
                Wording.Line("Credentials saved to \(session.shownPath)", sign: .note),
            ])
            return
        }
        var report = JSONReport()
        report.add("linked", true)
        report.add("project", project.report)
        report.add("stored_in", session.file.path)
        try session.answer(report)
    }

    private func unlink(_ session: Session) throws {
        let wasThere = try session.file.removeValue(at: AccessKey.member)
        guard !options.wishes.json else {
            var report = JSONReport()
            report.add("linked", false)
            report.add("removed", wasThere)
            return try session.answer(report)
        }
        session.screen.show(
            wasThere
                ? Wording.Line("Access key removed.", sign: .success)
                : Wording.Line("No access key is linked.", sign: .warning))
    }
}

extension AccessKey.Project {
    /// The project in an answer for programs.
    var report: JSONReport {
        var report = JSONReport()
        report.add("id", id)
        report.add("name", name)
        report.add("slug", slug)
        return report
    }
}

extension String {
    /// The text without blanks around it, as a paste may bring them.
    fileprivate var trimmingSpaces: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
