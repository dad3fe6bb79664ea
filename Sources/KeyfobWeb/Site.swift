import KeyfobProtocol
package import KeyfobServer

/// Everything that routes share: the domain, how pages look, and which dialects are on.
package struct Site: Sendable {
    /// The domain.
    package let server: AuthorizationServer
    /// The brand of pages that belong to no dialect.
    package let brand: Brand
    /// The dialects that are switched on.
    package let dialects: [Dialect]

    let renderer: PageRenderer

    /// Makes a site.
    ///
    /// - Throws: A template error, which is a defect of this build.
    package init(server: AuthorizationServer, brand: Brand = .keyfob, dialects: [Dialect] = []) throws {
        self.server = server
        self.brand = brand
        self.dialects = dialects
        renderer = try PageRenderer()
    }

    /// Whether browsers reach the site by https, as the issuer says.
    var isSecure: Bool { server.issuer.hasPrefix("https://") }

    /// The brand that a client's pages wear: its dialect's, or the site's.
    func brand(of client: Client) -> Brand {
        dialects.first { $0.name == client.settings.dialect }?.brand ?? brand
    }

    /// What the approval page says of scopes, in words.
    func words(for scopes: Scopes, of client: Client) -> [ApprovePage.Scope] {
        let words = dialects.first { $0.name == client.settings.dialect }?.scopeWords ?? [:]
        var shown = scopes.names.map { name in
            ApprovePage.Scope(name: name, words: words[name] ?? Self.standardWords[name])
        }
        // What the client gets without asking for it is said, too.
        if client.settings.grants.contains(.refreshToken), !scopes.contains("offline_access") {
            shown.append(ApprovePage.Scope(name: "refresh_token", words: Self.standardWords["offline_access"]))
        }
        return shown
    }

    private static let standardWords = [
        "openid": "Know who you are",
        "profile": "Read your name",
        "email": "Read your e-mail address",
        "offline_access": "Stay signed in until you sign out",
    ]
}
