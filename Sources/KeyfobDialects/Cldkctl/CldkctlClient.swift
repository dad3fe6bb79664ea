import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The facts of the client that the vendor's program is, and of the tokens that people make for it.
enum CldkctlClient {
    static let id = "cldkctl"

    /// The life of a JWT in seconds, where the operator sets no other: what known clients assume.
    static let tokenLife = 86_400

    /// The vendor's tokens have no scopes; this one is ours, so that a JWT says what it is good for.
    static let scopes = ["cloud": "Use Cloudeka on your behalf"]

    /// `cldkctl_` and 32 letters or digits: no room for a checksum.
    static let personalTokens = PersonalTokenFacts(
        kind: PersonalTokenKind(
            clientID: id, format: TokenFormat(prefix: "cldkctl_", alphabet: .base62, length: 32, hasChecksum: false),
            shownCharacters: 12, standardScopes: Scopes(["cloud"]), lives: [.never, .date], canRegenerate: true
        ),
        path: "/profile/api/token", words: words
    )

    // The portal's own words, but for the lead.
    private static let words: PersonalTokenFacts.Words = {
        var words = PersonalTokenFacts.Words()
        words.title = "Token"
        words.breadcrumb = ["Profile", "API", "API Overview"]
        words.lead = "A token signs the command line in: run cldkctl auth and paste it there."
        words.newToken = "New Token"
        words.name = "Token Name"
        words.expiry = "Expired date"
        words.created = "Token has been successfully created"
        words.secret = "Secret API Key"
        return words
    }()

    static var settings: Client.Settings {
        var settings = Client.Settings()
        settings.redirectURIs = []
        settings.grants = []
        settings.scopes = Scopes(scopes.keys.sorted())
        settings.defaultScopes = settings.scopes
        settings.accessToken = .jwt(life: tokenLife)
        settings.isVerified = true
        settings.dialect = "cldkctl"
        return settings
    }
}
