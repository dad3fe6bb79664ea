import FoundationEssentials
import KeyfobCommands

/// The facts of the Skytells CLI.
struct Skytells: ProductCLI {
    static let product = Product(
        name: "skytells",
        displayName: "Skytells",
        affiliation: "unofficial, compatible with Skytells",
        commandPath: "skytells",
        service: .fixed(service),
        clientID: "skytells-cli",
        defaultScopes: ["inference", "projects.read", "deployments.read", "account.read"],
        methods: [.deviceCode],
        place: CredentialPlace(
            base: .dotConfig, folder: "skytells", file: "credentials.json", folderVariable: "SKYTELLS_CONFIG_DIR"),
        variables: Product.Variables(token: "SKYTELLS_TOKEN", baseURL: "SKYTELLS_API_URL"),
        shownCharacters: 11,
        wording: wording
    )

    private static let service = ServiceFacts(
        baseURL: "https://console.skytells.ai",
        deviceAuthorizationPath: "/api/oauth/device",
        tokenPath: "/api/oauth/token",
        revocationPath: "/oauth/revoke",
        checkPath: "/api/v1/cli/projects",
        wire: .json(
            DeviceWire.Statuses(
                clientName: "Skytells CLI v\(Version.current)", pending: 428, denied: 403, expired: 410)),
        verificationHosts: ["console.skytells.ai"]
    )

    // The vendor's keys, and one of ours: a token without an origin was pasted, and is never revoked.
    static let layout = CredentialLayout(
        container: .one(name: "skytells", path: []),
        names: CredentialLayout.Names(accessToken: "token", origin: "origin", createdAt: "created_at"),
        timeUnit: .milliseconds
    )

    static let abstract = "Sign in to Skytells (unofficial, compatible with Skytells)."

    static let discussion = """
        skytells login must be run before any command that contacts the Skytells API.

        A token in the variable SKYTELLS_TOKEN wins over the stored one, and is never stored or deleted.
        Credentials are kept in ~/.config/skytells/credentials.json, readable by you alone.
        This program is not made by Skytells.
        """

    static let commands: [any ParsableCommand.Type] = [
        ProductLogin<Skytells>.self, ProductWhoami<Skytells>.self, ProductLogout<Skytells>.self,
    ]
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        Skytells.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
