import KeyfobCommands

/// `cldkctl auth`: takes a token, exchanges it at the service, and keeps it if that accepts it.
struct CldkctlAuth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth", abstract: "Log in to the Cloudeka service using your token.",
        usage: "cldkctl auth [<token>] [flags]",
        discussion: """
            Asks for the token, which is not shown; without a terminal it reads one line of standard input. The token \
            is stored only if the service accepts it.

            Examples:
              cldkctl auth
              cldkctl auth < token.txt
              cldkctl auth -U https://staging.ai.cloudeka.id

            \(Cldkctl.wayToAToken(at: Cldkctl.standardAddress))
            """)

    @Argument(
        help: ArgumentHelp(
            "The token. Other programs on this machine can see it there: leave it out to be asked for it.",
            valueName: "token"))
    var token: String?

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        var wishes = LoginWishes(method: .paste)
        if let token {
            session.warnOfTokenOnCommandLine("pipe it into 'cldkctl auth', or set CLDKCTL_TOKEN")
            wishes.token = token
        }
        do {
            try await session.login(wishes, verb: "auth")
        } catch let error as SignInError where error.code == .malformedToken {
            throw Failure(
                "malformed_token", "Auth failed: a token is 'cldkctl_' and 32 letters or digits",
                hint: wayToAToken(session), exit: .failed)
        } catch let error as SignInError where error.code == .tokenRefused {
            let said = (error.underlying as? ClientError)?.serverText
            throw Failure(
                "token_refused", "Auth failed: \(said ?? "the service does not accept the token")",
                hint: wayToAToken(session), exit: .notSignedIn)
        }
    }

    private func wayToAToken(_ session: Session) -> String {
        Cldkctl.wayToAToken(at: session.baseURL()?.value ?? Cldkctl.standardAddress)
    }
}
