import KeyfobCommands

/// `cldkctl token`: the tokens of who is signed in.
struct CldkctlTokens: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "View and manage your Cloudeka authentication tokens.",
        discussion: """
            Examples:
              cldkctl token list
              cldkctl token create --name laptop --expired 31/12/2030
              cldkctl token edit ID --name desktop
              cldkctl token regenerate ID
              cldkctl token delete ID
            """,
        subcommands: [
            TokenList.self, TokenCreate.self, TokenEdit.self, TokenDelete.self, TokenRegenerate.self,
        ])
}

/// `cldkctl token list`.
struct TokenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List your tokens.",
        usage: "cldkctl token list [flags]",
        discussion: "Of a token only the first characters are known: it is shown once, when it is made.")

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let tokens = try await TokenRecord.all(in: session)
        guard !options.wishes.json else {
            var report = JSONReport()
            report.add("tokens", tokens.map(\.report))
            return try session.answer(report)
        }
        guard !tokens.isEmpty else { return session.screen.say("No tokens.") }
        TokenRecord.show(tokens, on: session.screen)
    }
}
