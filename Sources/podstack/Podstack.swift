import FoundationEssentials
import KeyfobCommands
import KeyfobYAMLFiles

/// The facts of the Podstack CLI.
struct Podstack: ProductCLI {
    typealias Options = PodstackOptions

    static let product = Product(
        name: "podstack",
        displayName: "Podstack",
        affiliation: "unofficial, compatible with Podstack",
        commandPath: "podstack",
        service: .fixed(service),
        clientID: "podstack-cli",
        defaultScopes: [],
        methods: [.browser, .deviceCode, .paste],
        place: CredentialPlace(base: .home, folder: ".podstack", file: "config.yaml", folderVariable: nil),
        variables: Product.Variables(
            token: "PODSTACK_API_TOKEN", baseURL: "PODSTACK_API_ENDPOINT", profile: "PODSTACK_PROFILE",
            project: "PODSTACK_PROJECT"),
        shownCharacters: 13,
        wording: wording,
        pasted: PastedToken(
            forms: [
                .prefix("podstack_", atLeast: 16),
                // What the vendor's Python package calls platform and project tokens.
                .prefix("psk_", atLeast: 16), .prefix("pjt_", atLeast: 16),
                // The token of another login, as programs get it.
                .prefix("eyJ", atLeast: 40),
            ],
            pageURL: tokenPage),
        profiles: Product.Profiles()
    )

    /// Where people make API tokens: Account > API Tokens.
    static let tokenPage = "https://cloud.podstack.ai/account/api-tokens"

    // The vendor publishes no protocol: this is OAuth 2.0 as the standards have it.
    private static let service = ServiceFacts(
        baseURL: "https://api.podstack.ai",
        metadata: .published,
        checkPath: "/v1/account",
        details: [
            "subject": ["id"], "email": ["email"], "name": ["name"], "kind": ["token", "kind"],
            "label": ["token", "name"], "scope": ["token", "scope"], "issued_at": ["token", "created_at"],
            "expires_at": ["token", "expires_at"],
        ],
        verificationHosts: ["cloud.podstack.ai"]
    )

    // `origin` is ours, as `refresh_token` and `store` are: a token without one was put there by hand, and is never
    // revoked by a logout.
    private static let flat = CredentialLayout.Names(
        accessToken: "token", refreshToken: "refresh_token", expiresAt: "expires", origin: "origin", store: "store",
        settings: ["project": "project", "endpoint": "api_endpoint"])
    private static let nested = CredentialLayout.Names(
        accessToken: ["auth", "token"], refreshToken: ["auth", "refresh_token"], expiresAt: ["auth", "expires"],
        origin: ["auth", "origin"], store: ["auth", "store"],
        settings: ["project": ["defaults", "project"], "endpoint": ["api", "endpoint"]])

    static let layout = CredentialLayout(
        container: .profiles(
            CredentialLayout.Profiles(
                path: ["profiles"], rootKey: "default", rootNames: nested, otherShapes: [nested])),
        names: flat, timeForm: .timestamp, current: "current_profile")

    static var format: any DocumentFormat { .yaml }

    static func secrets(in context: CommandContext) -> (any SecretStore)? { context.keyring }

    static let stored = StoredSettings(
        baseURL: [.entry("endpoint"), .file(["api", "endpoint"])],
        project: [.entry("project"), .file(["defaults", "project"])])

    static let abstract = "Sign in to Podstack (unofficial, compatible with Podstack)."

    static let discussion = """
        podstack auth login opens your browser; podstack auth login --token takes an API token, for machines where \
        no browser can sign you in. Make one at Account > API Tokens in the dashboard.

        Examples:
          podstack auth login
          podstack project use my-project
          podstack --profile work auth status

        A token in PODSTACK_API_TOKEN wins over the stored one, and is never stored or deleted; PODSTACK_PROJECT, \
        PODSTACK_PROFILE, PODSTACK_OUTPUT and PODSTACK_API_ENDPOINT win over the configuration in the same way.
        Credentials are kept in ~/.podstack/config.yaml, readable by you alone, or in the keyring.
        Another command X is looked for as a program called podstack-X, which gets the token and the project in these \
        variables.
        This program is not made by Podstack.
        """

    static let commands: [any ParsableCommand.Type] = [PodstackAuth.self, PodstackProject.self, PodstackConfig.self]
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        Podstack.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
