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
        methods: [.deviceCode, .paste],
        place: CredentialPlace(
            base: .dotConfig, folder: "skytells", file: "credentials.json", folderVariable: "SKYTELLS_CONFIG_DIR"),
        variables: Product.Variables(token: "SKYTELLS_TOKEN", baseURL: "SKYTELLS_API_URL"),
        shownCharacters: 11,
        wording: wording,
        pasted: PastedToken(forms: [.format(personalToken)], pageURL: tokenPage)
    )

    static let tokenPage = "https://console.skytells.ai/settings/tokens"

    // 71 characters, as the vendor's client checks; there is no room for a checksum.
    private static let personalToken = TokenFormat(
        prefix: "sk_pat_", alphabet: .hexadecimal, length: 64, hasChecksum: false)

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
        timeForm: .milliseconds
    )

    static let abstract = "Sign in to Skytells (unofficial, compatible with Skytells)."

    static let discussion = """
        skytells login must be run before any command that contacts the Skytells API.

        A token in the variable SKYTELLS_TOKEN wins over the stored one, and is never stored or deleted.
        Credentials are kept in ~/.config/skytells/credentials.json, readable by you alone.
        This program is not made by Skytells.
        """

    static let commands: [any ParsableCommand.Type] = [
        SkytellsLogin.self, ProductLogout<Skytells>.self, SkytellsWhoami.self, SkytellsLink.self,
    ]

    /// A logout removes the token; what else is kept is said.
    static func afterLogout(in session: Session) async throws {
        if try session.file.value(at: AccessKey.member)?.text != nil {
            session.screen.show(
                Wording.Line("The project's access key stays linked; skytells link --remove removes it.", sign: .note))
        }
        if try session.file.value(at: ["api_key"])?.text != nil {
            session.screen.show(Wording.Line("An API key stays in \(session.shownPath).", sign: .note))
        }
    }

    /// Programs get the access key as well, and need no token where there is one.
    static func programVariables(in session: Session) async throws -> [String: String] {
        guard let key = try AccessKey(in: session) else { return try await session.programVariables() }
        var values: [String: String] = [:]
        if session.isSignedIn {
            values = try await session.programVariables()
        } else if let address = session.baseURL()?.value, let variable = product.variables.baseURL {
            values[variable] = address
        }
        values[AccessKey.variable] = key.secret.reveal()
        return values
    }
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        Skytells.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
