import KeyfobCommands

/// `pipecat cloud auth use-pat`: a personal access token in place of a sign-in.
struct PipecatUsePAT: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use-pat", abstract: "Authenticate with a personal access token.",
        discussion: """
            Asks for the token, which is not shown; without a terminal it reads one line of standard input. The token \
            is checked with the service, and one that is refused changes nothing.

            Create a token at \(Pipecat.tokenPage).
            """)

    @OptionGroup var options: PipecatOptions

    func run() async throws {
        var wishes = LoginWishes(method: .paste)
        wishes.signedIn = [
            Wording.Line("Authenticated via PAT. Active organization: {organization}"),
            Wording.Line("Credentials stored to {file}"),
        ]
        do {
            try await Session(Pipecat.self, options.wishes).login(wishes, verb: "use-pat")
        } catch let error as SignInError where error.code == .tokenRefused {
            throw Failure(
                "token_refused", "Invalid or expired token.", hint: "Create another one at \(Pipecat.tokenPage)",
                exit: .notSignedIn)
        }
    }
}
