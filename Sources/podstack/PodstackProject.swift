import KeyfobCommands

/// `podstack project`: which projects there are, and which one commands are about.
struct PodstackProject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project", abstract: "List, make and choose projects.",
        discussion: """
            Examples:
              podstack project list                 The projects that the token has access to
              podstack project use my-project       Make one the default
              podstack project current              Show which one is used

            --project and PODSTACK_PROJECT win over the default.
            """,
        subcommands: [Use.self, Current.self, List.self, Create.self])

    /// `podstack project use`.
    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use", abstract: "Choose the default project.")

        @Argument(help: ArgumentHelp("Its name, short name or ID.", valueName: "project"))
        var reference: String

        @OptionGroup var options: PodstackOptions

        func run() async throws {
            let session = try Session(Podstack.self, options.wishes)
            let project = try await Project.named(reference, in: session)
            try session.setProject(project.reference)
            if session.context.environment["PODSTACK_PROJECT"]?.isEmpty == false {
                session.screen.warn("PODSTACK_PROJECT is set and goes on being used instead of this project")
            }
            guard !options.wishes.json else { return try session.answer(project.report) }
            session.screen.say("Project: \(project.reference)")
        }
    }

    /// `podstack project current`.
    struct Current: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "current", abstract: "Show which project is used.")

        @OptionGroup var options: PodstackOptions

        func run() async throws {
            let session = try Session(Podstack.self, options.wishes)
            guard let project = session.project() else {
                throw Failure(
                    "no_project", "no project is set", hint: "Choose one", command: "podstack project use NAME",
                    exit: .failed)
            }
            if options.wishes.json {
                var report = JSONReport()
                report.add("project", project.value)
                report.add("source", project.source.words)
                return try session.answer(report)
            }
            if options.quiet { return try session.answer(project.value) }
            session.screen.say("Project: \(project.value)")
            session.screen.say("Source: \(project.source.words)")
        }
    }

    /// `podstack project list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show the projects that the token has access to.")

        @OptionGroup var options: PodstackOptions

        func run() async throws {
            let session = try Session(Podstack.self, options.wishes)
            let projects = try await Project.all(in: session)
            if options.wishes.json {
                var report = JSONReport()
                report.add("projects", projects.map(\.report))
                return try session.answer(report)
            }
            if options.quiet {
                for project in projects { try session.answer(project.id) }
                return
            }
            guard !projects.isEmpty else { return session.screen.say("There are no projects yet.") }
            session.screen.table(
                ["PROJECT", "NAME", "ID"], projects.map { [$0.reference, $0.name, $0.id] })
        }
    }
}

extension Setting.Source {
    /// What a setting was taken from, for people.
    fileprivate var words: String {
        switch self {
        case .flag: "--project"
        case .environment(let variable): "\(variable) env var"
        case .profile(let name): "profile \(name)"
        case .file: "config file"
        case .standard: "default"
        }
    }
}
