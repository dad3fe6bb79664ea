import KeyfobCommands

/// `skytells login`: by a device code, or with a personal access token.
struct SkytellsLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in to Skytells.",
        discussion: """
            Shows an address and a code; approve in a browser on this or any other device. With --token it asks for a \
            personal access token instead, which is not shown; without a terminal it reads one line of standard input.

            Make a token at \(Skytells.tokenPage).
            """)

    @Flag(help: "Ask for a personal access token instead of opening a browser.")
    var token = false

    @Option(
        help: ArgumentHelp(
            "The permissions to ask for, separated by commas.",
            discussion: "Without it: \(Skytells.product.defaultScopes.joined(separator: ",")).", valueName: "scopes"))
    var scopes: String?

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if token, scopes != nil {
            throw ValidationError("--token and --scopes exclude each other: a token has the scopes it was made with")
        }
    }

    func run() async throws {
        let names = scopes?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        try await Session(Skytells.self, options.wishes)
            .login(LoginWishes(method: token ? .paste : nil, scopes: names))
    }
}
