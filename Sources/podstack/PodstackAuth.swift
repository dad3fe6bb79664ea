import KeyfobCommands

/// `podstack auth`: signing in and out, and what is known of the token.
struct PodstackAuth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth", abstract: "Sign in, sign out, and look after the token.",
        discussion: """
            Examples:
              podstack auth login                  Open the browser and sign in there
              podstack auth login --use-keyring    The same, with the token in the keyring
              podstack auth login --token TOKEN    Use an API token
              podstack auth status                 Show who is signed in, and until when

            logout ends this login and removes it here; an API token is only removed, and stays good elsewhere. revoke \
            kills the token in use, wherever it came from.
            """,
        subcommands: [
            Login.self, ProductStatus<Podstack>.self, ProductWhoami<Podstack>.self, ProductTokenDetails<Podstack>.self,
            ProductRefresh<Podstack>.self, ProductRevoke<Podstack>.self, ProductLogout<Podstack>.self,
        ])

    /// `podstack auth login`.
    struct Login: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "login", abstract: "Sign in to Podstack.",
            discussion: """
                Opens your browser, where you log in and approve. Where there is no browser, it shows an address and a \
                code to enter on any other device.

                With --token it takes an API token, checks it with the service, and stores it: for machines where \
                nobody can approve. Make one at \(Podstack.tokenPage).

                Examples:
                  podstack auth login
                  podstack auth login --use-keyring
                  podstack auth login --token - < token.txt
                  podstack --profile work auth login
                """)

        @Option(
            help: ArgumentHelp(
                "An API token; - asks for it, or reads a line of standard input.", valueName: "token"))
        var token: String?

        @Flag(help: "Keep the token in the keyring instead of the file.")
        var useKeyring = false

        @OptionGroup var options: PodstackOptions

        func run() async throws {
            let session = try Session(Podstack.self, options.wishes)
            var wishes = LoginWishes()
            wishes.keepsSecretsApart = useKeyring || Keyring.isCustomary
            if token == "-" {
                wishes.method = .paste
            } else if let token {
                session.warnOfTokenOnCommandLine(
                    "set PODSTACK_API_TOKEN instead, or pipe it into 'podstack auth login --token -'")
                wishes.token = token
            }
            try await session.login(wishes)
        }
    }
}

extension Podstack {
    /// What is known of the account after a login, and the project where there is only one to choose.
    static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String] {
        // The login stands; what it can be used for may be asked later as well.
        let account = try? await session.get("/v1/account", as: Account.self)
        if session.project() == nil, let projects = try? await Project.all(in: session), projects.count == 1 {
            try session.setProject(projects[0].reference)
        }
        var values: [String: String] = [:]
        values["account"] = account?.email ?? account?.id
        values["subject"] = account?.id
        values["project"] = session.project()?.value
        if session.secretsAreApart { values["file"] = "the keyring" }
        return values
    }

    /// The project, for `whoami`.
    static func identity(in session: Session) async throws -> [String: String] {
        session.project().map { ["project": $0.value] } ?? [:]
    }

    private struct Account: Decodable, Sendable {
        let id: String
        let email: String?
    }
}

extension Session {
    /// Whether the tokens in use are in the keyring.
    fileprivate var secretsAreApart: Bool {
        guard let key = try? key() else { return false }
        return (try? file.keepsSecretsApart(for: key)) ?? false
    }
}
