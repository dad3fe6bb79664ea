import KeyfobCommands

/// `cldkctl token create`.
struct TokenCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a token.",
        usage: "cldkctl token create --name <name> [--expired <day>] [flags]",
        discussion: """
            The token is shown once, on standard output; it is not stored on this machine.

            Example:
              cldkctl token create --name laptop --expired 31/12/2030
            """)

    @Option(help: ArgumentHelp("What to call the token.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp("The last day of its life, as DD/MM/YYYY; without it, it never expires.", valueName: "day"))
    var expired: String?

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        let expiry = try WishedExpiry(typed: expired ?? "never", now: session.context.now())
        let wish = Wish(name: try await TokenName.asked(name, in: session), expiry: expiry)
        let made: TokenRecord = try await session.post(TokenRecord.path, json: wish)
        guard !options.wishes.json else { return try session.answer(made.report) }
        made.showSecret("Cldkctl token created", on: session.screen)
    }

    private struct Wish: Encodable {
        let name: String
        let expiry: WishedExpiry

        private enum CodingKeys: String, CodingKey {
            case name
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try expiry.encode(to: encoder)
        }
    }
}

/// What a token is called.
enum TokenName {
    /// The name that was given as an option, else what a person types.
    ///
    /// - Throws: ``Failure`` of wrong usage for an empty one, before anyone is asked anything where nobody is signed in.
    static func asked(_ option: String?, in session: Session) async throws -> String {
        guard session.isSignedIn else { throw SignInError(.notSignedIn, "you are not signed in") }
        let name = if let option { option } else { try await session.line("Token Name: ") ?? "" }
        guard name.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                "usage", "Token Name may not be empty", hint: "Give it with --name, such as --name laptop.",
                exit: .usage)
        }
        return name
    }
}
