import KeyfobCommands

/// `cldkctl token regenerate`.
struct TokenRegenerate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regenerate", abstract: "Replace a token by a new one: the old one stops working at once.",
        usage: "cldkctl token regenerate <id> [--expired <day>] [flags]",
        discussion: """
            The new token is shown once, on standard output. If it is the one that this machine is signed in with, the \
            new one takes its place here, too.

            Example:
              cldkctl token regenerate ID --expired 31/12/2030
            """)

    @Argument(help: ArgumentHelp("The ID, as cldkctl token list shows it.", valueName: "id"))
    var id: String

    @Option(
        help: ArgumentHelp(
            "The last day of its life, as DD/MM/YYYY, or never; without it, the day stays.", valueName: "day"))
    var expired: String?

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let own = try await OwnToken(session)
        let expiry = try WishedExpiry(typed: expired, now: session.context.now())
        let made: TokenRecord = try await TokenRecord.naming(id) {
            try await session.post("/core/cldkctl/token/regenerate/\(id)", json: expiry)
        }
        if options.wishes.json {
            try session.answer(made.report)
        } else {
            made.showSecret("Cldkctl token regenerated", on: session.screen)
        }
        guard let token = made.token, await own.isDead(session) else { return }
        guard try own.isReplaced(by: token, in: session) else {
            return session.screen.warn("it was the token in CLDKCTL_TOKEN; put the new one there")
        }
        if !options.wishes.json { session.screen.say("This machine is signed in with the new token.") }
    }
}
