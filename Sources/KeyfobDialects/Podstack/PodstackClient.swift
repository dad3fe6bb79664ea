import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The facts of the command-line tool, and of the tokens that people make for it.
enum PodstackClient {
    static let id = "podstack-cli"

    static let accountRead = "account.read"
    static let projectsRead = "projects.read"
    static let projectsWrite = "projects.write"

    /// Scopes and what they allow, the least first; the vendor names none, so these are ours.
    private static let scopes = [
        (accountRead, "See your name and e-mail address"),
        (projectsRead, "See your projects"),
        ("pods.read", "See your pods and their logs"),
        ("pods.write", "Create, change and delete pods"),
        (projectsWrite, "Create projects"),
    ]

    private static let allScopes = Scopes(scopes.map(\.0))

    static let words = Dictionary(uniqueKeysWithValues: scopes)

    /// `podstack_` and 40 letters or digits: no room for a checksum.
    private static let tokenFormat = TokenFormat(
        prefix: "podstack_", alphabet: .base62, length: 40, hasChecksum: false)

    /// API tokens: the lives that the portal offers, and at most five that are good.
    static let personalTokens = PersonalTokenFacts(
        kind: PersonalTokenKind(
            clientID: id, format: tokenFormat, shownCharacters: 13, offeredScopes: allScopes,
            standardScopes: Scopes([accountRead, projectsRead, "pods.read"]),
            lives: [.days(90), .days(7), .days(30), .days(180), .days(365), .never], maximumActive: 5
        ),
        path: "/account/api-tokens", words: pageWords
    )

    private static let pageWords: PersonalTokenFacts.Words = {
        var words = PersonalTokenFacts.Words()
        words.title = "API Tokens"
        words.breadcrumb = ["Account"]
        words.lead = "For CI/CD and machines where no browser can sign you in. Give a token only what its job needs."
        words.newToken = "Create token"
        words.secret = "Your API token"
        return words
    }()

    static var settings: Client.Settings {
        var settings = Client.Settings()
        settings.redirectURIs = ["http://127.0.0.1/callback", "http://[::1]/callback"]
        settings.grants = [.authorizationCode, .deviceCode, .refreshToken]
        settings.scopes = allScopes
        settings.defaultScopes = allScopes
        settings.accessToken = .jwt(life: 3_600)
        settings.isVerified = true
        settings.dialect = "podstack"
        return settings
    }
}

extension AuthorizationServer {
    /// What a request's token stands for, if it is one of this product and allows what is wanted.
    ///
    /// - Throws: `WebError` with status 401, or ``ServerError`` with `invalid_token` or `insufficient_scope`.
    func podstackGrant(of request: Request, for scope: String? = nil) async throws -> AccessGrant {
        guard let grant = try await accessGrant(try request.bearerToken()), grant.clientID == PodstackClient.id else {
            throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked")
        }
        if let scope, !grant.scopes.contains(scope) {
            throw ServerError.oauth(.insufficientScope, "the token lacks the scope \(scope)")
        }
        return grant
    }
}
