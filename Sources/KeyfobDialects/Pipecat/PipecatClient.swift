import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The facts of the clients that the vendor's programs are.
enum PipecatClient {
    /// The client of the token flow, and of personal tokens; it names itself nowhere.
    static let tokenFlow = "pipecat-cli"
    /// The client that `/auth/config` names.
    static let oauth = "pipecat-cloud-cli"

    /// Tokens of the token flow, which live until they are revoked.
    static let tokenFormat = TokenFormat(prefix: "pcc_")

    /// Public keys of organizations.
    static let publicKey = TokenFormat(prefix: "pk_", length: 32, hasChecksum: false)

    /// The name under which the operator keeps an organization's Daily API key.
    static let dailyKey = "daily_api_key"

    static let page = BrowserRequestFacts(path: "/auth/cli", queryName: "token_flow_id", clientID: tokenFlow)

    /// Personal tokens: `pcc_pat_` and 32 hexadecimal digits, which leaves no room for a checksum.
    static let personalTokens = PersonalTokenFacts(
        kind: PersonalTokenKind(
            clientID: tokenFlow,
            format: TokenFormat(prefix: "pcc_pat_", alphabet: .hexadecimal, length: 32, hasChecksum: false),
            shownCharacters: 12, standardScopes: apiScopes, lives: [.days(90), .days(30), .days(365), .never, .date]
        ),
        path: "/settings/personal-access-tokens", words: words
    )

    private static let words: PersonalTokenFacts.Words = {
        var words = PersonalTokenFacts.Words()
        words.breadcrumb = ["Settings"]
        words.lead = """
            For CI and machines without a browser: put one into PIPECAT_TOKEN, or run pipecat cloud auth use-pat.
            """
        words.newToken = "Create token"
        return words
    }()

    /// The scope that lets a token ask for organizations, and manage their public keys.
    static let organizationScope = "organizations"
    /// The scope that lets a token read Daily API keys.
    static let dailyScope = "daily.read"

    /// The vendor's wire has no scopes of its own; these are ours, so that people read what they approve.
    static let scopes = [
        organizationScope: "See your organizations, and make and revoke their public keys",
        dailyScope: "Read your organizations’ Daily API keys",
        "agents": "Deploy and manage your agents on Pipecat Cloud",
    ]

    private static let apiScopes = Scopes(scopes.keys.sorted())
    private static let standardScopes = ["openid", "profile", "email", "offline_access"]

    /// What `/auth/config` tells the vendor's client to ask for.
    static let oauthScopes = Scopes(standardScopes + apiScopes.names)

    static var tokenFlowSettings: Client.Settings {
        var settings = Client.Settings()
        settings.redirectURIs = []
        settings.grants = []
        settings.scopes = apiScopes
        settings.defaultScopes = apiScopes
        settings.accessToken = .opaque(tokenFormat, life: nil)
        settings.browserRequests = BrowserRequestPolicy()
        settings.isVerified = true
        settings.dialect = "pipecat"
        return settings
    }

    static var oauthSettings: Client.Settings {
        var settings = Client.Settings()
        // A loopback address stands for any port; the vendor's client takes one of 8400 to 8404.
        settings.redirectURIs = ["http://127.0.0.1:8400/oauth_callback"]
        settings.grants = [.authorizationCode, .refreshToken]
        settings.scopes = oauthScopes
        settings.defaultScopes = oauthScopes
        settings.accessToken = .jwt(life: 86_400)
        settings.isVerified = true
        settings.dialect = "pipecat"
        return settings
    }
}
