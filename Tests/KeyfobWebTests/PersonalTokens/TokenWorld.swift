import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// A world with two products whose people make tokens: one with scopes and a choice of lives, one with a last day.
enum TokenWorld {
    static let path = "/settings/tokens"
    static let portalPath = "/portal/api"

    static func open(maximumActive: Int? = nil) async throws -> World {
        try await World.open(dialects: [try choosing(maximumActive), try portal()])
    }

    private static func choosing(_ maximumActive: Int?) throws -> Dialect {
        let kind = PersonalTokenKind(
            clientID: "acme-cli",
            format: TokenFormat(prefix: "acme_", alphabet: .hexadecimal, length: 64, hasChecksum: false),
            shownCharacters: 11, offeredScopes: Scopes(["openid", "profile", "runs.read"]),
            standardScopes: Scopes(["openid", "profile"]), lives: [.days(30), .days(7), .never],
            maximumActive: maximumActive
        )
        return Dialect(
            name: "acme", brand: try Brand(name: "Acme", accent: "#112233"),
            clients: [.init(id: "acme-cli", name: "Acme CLI", settings: settings("acme", kind.offeredScopes))],
            tokenFormats: [], scopeWords: ["runs.read": "Read runs & <logs>"],
            personalTokens: PersonalTokenFacts(kind: kind, path: path), addRoutes: { _, _ in }
        )
    }

    private static func portal() throws -> Dialect {
        let kind = PersonalTokenKind(
            clientID: "bolt-cli", format: TokenFormat(prefix: "bolt_", length: 32, hasChecksum: false),
            shownCharacters: 9, standardScopes: Scopes(["openid"]), lives: [.never, .date], canRegenerate: true
        )
        var words = PersonalTokenFacts.Words()
        words.title = "Token"
        words.breadcrumb = ["Profile", "API"]
        words.newToken = "New Token"
        words.name = "Token Name"
        words.expiry = "Expired date"
        words.created = "Token has been successfully created"
        words.secret = "Secret API Key"
        return Dialect(
            name: "bolt", brand: try Brand(name: "Bolt", accent: "#332211"),
            clients: [.init(id: "bolt-cli", name: "Bolt CLI", settings: settings("bolt", kind.standardScopes))],
            tokenFormats: [], scopeWords: [:],
            personalTokens: PersonalTokenFacts(kind: kind, path: portalPath, words: words), addRoutes: { _, _ in }
        )
    }

    private static func settings(_ dialect: String, _ scopes: Scopes) -> Client.Settings {
        var settings = Client.Settings()
        settings.grants = [.deviceCode]
        settings.scopes = scopes
        settings.defaultScopes = scopes
        settings.dialect = dialect
        return settings
    }
}

/// What a person does on the pages.
extension Browser {
    /// Fills in the form for a new token and sends it; changes replace fields, `nil` leaves one out.
    mutating func sendNewToken(
        at path: String = TokenWorld.path, name: String = "laptop", _ changes: [String: String?] = [:]
    ) async throws -> Reply {
        var form = try await get(path + "/new").form(path + "/new")
        form["name"] = name
        for (field, value) in changes { form[field] = value }
        return try await submit(form)
    }

    /// Makes a token; returns its identifier and its secret.
    mutating func makeToken(
        at path: String = TokenWorld.path, name: String = "laptop", _ changes: [String: String?] = [:]
    ) async throws -> (id: String, secret: String) {
        let sent = try await sendNewToken(at: path, name: name, changes)
        let id = try sent.redirect()["token"].orFail()
        return (id, try await follow(sent).secret())
    }

    /// Goes the whole way of a revocation.
    mutating func revokeToken(_ id: String, at path: String = TokenWorld.path) async throws -> Reply {
        let page = try await get(path + "/revoke?token=" + id)
        return try await submit(page.form(path + "/revoke"), pressing: "revoke")
    }
}

extension Reply {
    /// The secret that a page shows.
    func secret() throws -> String {
        let field = HTMLOutline(text).all("input").first { $0.attributes["id"] == "secret" }
        return try field.orFail().attributes["value"].orFail()
    }
}

extension World {
    /// A browser in which somebody else is signed in.
    func evesBrowser() async throws -> Browser {
        _ = try await server.addAccount(username: "eve", password: "eve's own password")
        var browser = browser()
        _ = try await browser.signIn(password: "eve's own password", username: "eve")
        return browser
    }
}
