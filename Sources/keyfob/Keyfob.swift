import FoundationEssentials
import KeyfobCommands

/// The generic command: signs in to any OAuth 2.0 or OpenID Connect server.
struct Keyfob: ProductCLI {
    static let layout = CredentialLayout.keyfob

    static let product = Product(
        name: "keyfob",
        displayName: "Keyfob",
        commandPath: "keyfob",
        service: .discovery,
        clientID: "keyfob",
        defaultScopes: ["openid", "profile", "email", "offline_access"],
        methods: [.browser, .deviceCode],
        place: CredentialPlace(
            base: .xdgConfig, folder: "keyfob", file: "credentials.json", folderVariable: "KEYFOB_CONFIG_DIR"),
        variables: Product.Variables(token: "KEYFOB_TOKEN", clientSecret: "KEYFOB_CLIENT_SECRET")
    )

    static let abstract = "Sign in to any OAuth 2.0 or OpenID Connect server, and hand out fresh tokens."

    static let discussion = """
        Sign in once, then let other programs ask for a token that is valid:
          keyfob login https://auth.example.com
          printf 'header = "Authorization: Bearer %s"' "$(keyfob token)" | curl -K - https://api.example.com/

        A token in the variable KEYFOB_TOKEN wins over all that is stored, and is never stored or deleted.
        Credentials are kept in ~/.config/keyfob/credentials.json, readable by you alone.

        Exit codes: 0 done, 1 failed or expired, 2 wrong usage, 4 not signed in, 5 denied, 6 unreachable, \
        130 interrupted.
        """

    static let commands: [any ParsableCommand.Type] = [
        IssuerLogin<Keyfob>.self, IssuerWhoami<Keyfob>.self, IssuerStatus<Keyfob>.self, IssuerToken<Keyfob>.self,
        IssuerLogout<Keyfob>.self,
    ]
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        if FastToken.answer(Keyfob.self, arguments, environment: environment, now: Date()) { return }
        Keyfob.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
