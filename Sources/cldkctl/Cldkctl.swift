import FoundationEssentials
import KeyfobCommands

/// The facts of the cldkctl CLI.
struct Cldkctl: ProductCLI {
    typealias Options = CldkctlOptions

    static let product = Product(
        name: "cldkctl",
        displayName: "Cloudeka",
        affiliation: "unofficial, compatible with Cloudeka",
        commandPath: "cldkctl",
        service: .fixed(service),
        clientID: "cldkctl",
        defaultScopes: [],
        methods: [.paste],
        place: CredentialPlace(base: .home, folder: ".cldkctl", file: "config.json", folderVariable: nil),
        variables: Product.Variables(
            token: "CLDKCTL_TOKEN", baseURL: "CLDKCTL_BASE_URL", project: "CLDKCTL_DEFAULT_PROJECT_ID",
            organization: "CLDKCTL_ORGANIZATION", exchangedToken: "CLDKCTL_ACCESS_TOKEN"),
        shownCharacters: 12,
        wording: wording,
        pasted: PastedToken(forms: [.format(token)])
    )

    /// The service's own address, unless somebody names another.
    static let standardAddress = "https://ai.cloudeka.id"

    /// `cldkctl_` and 32 letters or digits: no room for a checksum.
    private static let token = TokenFormat(
        prefix: "cldkctl_", alphabet: .base62, length: 32, hasChecksum: false)

    private static let service = ServiceFacts(
        baseURL: standardAddress,
        checkPath: "/core/user/profile",
        details: ["subject": ["id"], "name": ["name"], "email": ["email"]],
        exchange: TokenExchange(
            path: "/core/cldkctl/auth", replyPaths: [["data", "token"], ["data", "Token"]],
            // What known clients assume, where neither the reply nor the JWT says.
            assumedLife: 86_400, refusals: [400, 401]),
        unwrapsData: true
    )

    static let layout = CredentialLayout(
        container: .one(name: "cldkctl", path: []),
        names: CredentialLayout.Names(
            accessToken: "token", exchangedToken: ["session", "token"],
            exchangedExpiresAt: ["session", "expires_at"]),
        timeForm: .timestamp
    )

    static let addressMember = ["base_url"]
    static let stored = StoredSettings(baseURL: [.file(addressMember)])

    static let abstract = "Sign in to Cloudeka (unofficial, compatible with Cloudeka)."

    static let discussion = """
        Run cldkctl auth before any other command, with a token from the Service Portal AI.

        A token in the variable CLDKCTL_TOKEN wins over the stored one, and is never stored or deleted.
        The token is kept in ~/.cldkctl/config.json, readable by you alone.
        Another command X, such as vm, is looked for as a program called cldkctl-X, which gets the token.
        This program is not made by Cloudeka.
        """

    static let commands: [any ParsableCommand.Type] = [
        CldkctlAuth.self, CldkctlTokens.self, CldkctlProfile.self, CldkctlLogout.self,
    ]

    /// Remembers where the token is good: it must not go to another address later.
    static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String] {
        guard let address = session.baseURL(), address.value != standardAddress else {
            _ = try session.file.removeValue(at: addressMember)
            return [:]
        }
        try session.file.setValue(.string(address.value), at: addressMember)
        return [:]
    }

    /// The address goes with the token that was good there.
    static func afterLogout(in session: Session) async throws {
        _ = try session.file.removeValue(at: addressMember)
    }
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        Cldkctl.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
