import KeyfobCommands

/// `cldkctl token edit`.
struct TokenEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Give a token another name.",
        usage: "cldkctl token edit [<id>] [--name <name>] [flags]",
        discussion: """
            Without an ID it shows your tokens and asks for one; without --name it asks for the new name.

            Example:
              cldkctl token edit ID --name desktop
            """)

    @Argument(help: ArgumentHelp("The ID, as cldkctl token list shows it.", valueName: "id"))
    var id: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The new name.", valueName: "name"))
    var name: String?

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let id = if let id { id } else { try await chosen(session) }
        let name = try await TokenName.asked(name, in: session)
        let changed: TokenRecord = try await TokenRecord.naming(id) {
            try await session.send(ResourceRequest(.put, TokenRecord.path(of: id), json: ["name": name]))
        }
        guard !options.wishes.json else { return try session.answer(changed.report) }
        session.screen.say("Cldkctl token updated")
    }

    private func chosen(_ session: Session) async throws -> String {
        guard session.isSignedIn else { throw SignInError(.notSignedIn, "you are not signed in") }
        if session.context.terminal.inputIsTerminal {
            TokenRecord.show(try await TokenRecord.all(in: session), on: session.screen)
            if let id = try await session.line("Token ID: "), !id.isEmpty { return id }
        }
        throw Failure(
            "usage", "no token was named", hint: "Give the ID that 'cldkctl token list' shows.", exit: .usage)
    }
}
