import KeyfobCommands

/// `cldkctl token delete`.
struct TokenDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a token: whatever uses it stops working at once.",
        usage: "cldkctl token delete <id> [--force] [flags]",
        discussion: """
            At a terminal it asks first.

            Example:
              cldkctl token delete ID
            """)

    @Argument(help: ArgumentHelp("The ID, as cldkctl token list shows it.", valueName: "id"))
    var id: String

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let own = try await OwnToken(session)
        let question = "Delete the token \(id)? Whatever uses it stops working at once."
        if !force, !options.wishes.json, try await !session.confirms(question) { return }
        try await TokenRecord.naming(id) {
            try await session.perform(ResourceRequest(.delete, TokenRecord.path(of: id)))
        }
        if options.wishes.json {
            var report = JSONReport()
            report.add("id", id)
            report.add("deleted", true)
            try session.answer(report)
        } else {
            session.screen.say("Cldkctl token deleted")
        }
        if await own.isDead(session) {
            session.screen.warn("it was the token that you are signed in with; run 'cldkctl auth' with another one")
        }
    }
}
