import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The facts of the client that the vendor's program is; it names none when it asks.
enum SkytellsClient {
    static let id = "skytells-cli"

    /// `sk_pat_` and 64 hexadecimal digits: no room for a checksum.
    static let tokenFormat = TokenFormat(
        prefix: "sk_pat_", alphabet: .hexadecimal, length: 64, hasChecksum: false
    )

    /// Access keys of projects: `sk_proj_` and 40 hexadecimal digits.
    static let projectKeys = ProjectKeyKind(
        format: TokenFormat(prefix: "sk_proj_", alphabet: .hexadecimal, length: 40, hasChecksum: false),
        scopes: Scopes(["deploy", "settings", "admin"]), defaultScopes: Scopes(["deploy"]), shownCharacters: 12
    )

    /// Personal access tokens: of the same form as what a sign-in yields, with a name, scopes, and an end if wanted.
    static let personalTokens = PersonalTokenFacts(
        kind: PersonalTokenKind(
            clientID: id, format: tokenFormat, shownCharacters: 11, offeredScopes: allScopes,
            standardScopes: defaultScopes, lives: [.days(90), .days(30), .days(365), .never]
        ),
        path: "/settings/tokens", words: words
    )

    private static let words: PersonalTokenFacts.Words = {
        var words = PersonalTokenFacts.Words()
        words.title = "Access tokens"
        words.breadcrumb = ["Settings"]
        words.lead = "For scripts and machines where no browser can sign you in."
        words.newToken = "Generate token"
        words.expiry = "Expires"
        return words
    }()

    private static let allScopes = Scopes(scopes.keys.sorted())
    private static let defaultScopes = Scopes(["inference", "projects.read", "deployments.read", "account.read"])

    /// Scopes and what they allow, in the vendor's words.
    static let scopes = [
        "inference": "Run inference requests",
        "projects.read": "Read project information",
        "projects.write": "Create and modify projects",
        "deployments.read": "View deployments and logs",
        "deployments.write": "Trigger and manage deployments",
        "keys.read": "View API keys",
        "keys.write": "Create and manage API keys",
        "account.read": "Read account information",
    ]

    static var settings: Client.Settings {
        var settings = Client.Settings()
        settings.redirectURIs = []
        settings.grants = [.deviceCode]
        settings.scopes = allScopes
        settings.defaultScopes = defaultScopes
        settings.accessToken = .opaque(tokenFormat, life: nil)
        settings.userCodeHasDigits = true
        settings.isVerified = true
        settings.dialect = "skytells"
        return settings
    }
}
