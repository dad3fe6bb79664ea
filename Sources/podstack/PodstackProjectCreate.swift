import KeyfobCommands

extension PodstackProject {
    /// `podstack project create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a project.",
            discussion: """
                Without options it asks for the name and the description, and whether the project shall be the default.
                """)

        @Option(help: ArgumentHelp("Its name.", valueName: "name"))
        var name: String?

        @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
        var desc: String?

        @OptionGroup var options: PodstackOptions

        private struct Wish: Encodable {
            let name: String
            let description: String?
        }

        func run() async throws {
            let session = try Session(Podstack.self, options.wishes)
            let isAsked = name == nil
            let wish = try await wish(session)
            let project: Project = try await session.post("/v1/projects", json: wish)
            if isAsked, session.context.terminal.inputIsTerminal,
                try await session.confirms("Make \(project.reference) the default project?")
            {
                try session.setProject(project.reference)
            }
            if options.wishes.json { return try session.answer(project.report) }
            if options.quiet { return try session.answer(project.id) }
            session.screen.say("Project: \(project.reference)")
            session.screen.say("Project ID: \(project.id)")
        }

        private func wish(_ session: Session) async throws -> Wish {
            if let name { return Wish(name: name, description: desc) }
            let name = try await session.line("Name: ") ?? ""
            guard !name.isEmpty else {
                throw Failure(
                    "usage", "no name was given", hint: "Name it", command: "podstack project create --name NAME",
                    exit: .usage)
            }
            let isTyped = session.context.terminal.inputIsTerminal
            let text = isTyped && desc == nil ? try await session.line("Description (optional): ") : desc
            return Wish(name: name, description: text?.isEmpty == false ? text : nil)
        }
    }
}
