package import KeyfobProtocol
package import KeyfobServer

/// Everything that the routes of one front share: the domain, how pages look, and which dialects are spoken.
package struct Site: Sendable {
    /// The domain; its issuer is the one of tokens that are issued here.
    package let server: AuthorizationServer
    /// The front whose routes these are.
    package let front: Front
    /// Every front of the server.
    package let fronts: Fronts
    /// The dialects that are spoken on this front.
    package let dialects: [Dialect]

    /// The dialects that are spoken anywhere: what belongs to their clients looks the same everywhere.
    let everyDialect: [Dialect]
    let trustedProxies: TrustedProxies
    let renderer: PageRenderer

    /// Makes the site of the issuer's front; ``buildResponder(_:)`` makes those of the others.
    ///
    /// - Parameters:
    ///   - server: The domain.
    ///   - brand: How pages look that belong to no dialect.
    ///   - dialects: The dialects that are switched on.
    ///   - trustedProxies: The proxies whose word about a client's address counts.
    /// - Throws: ``FrontError`` if the dialects can't be served side by side; a template error, which is a defect of
    ///   this build.
    package init(
        server: AuthorizationServer, brand: Brand = .keyfob, dialects: [Dialect] = [],
        trustedProxies: TrustedProxies = .none
    ) throws {
        let fronts = try Fronts(issuer: server.issuer, brand: brand, dialects: dialects)
        self.init(
            server: server.at(server.issuer, among: fronts.issuers), front: fronts.own, fronts: fronts,
            everyDialect: dialects, trustedProxies: trustedProxies, renderer: try PageRenderer()
        )
        for front in fronts.all { try at(front).checkPaths() }
    }

    private init(
        server: AuthorizationServer, front: Front, fronts: Fronts, everyDialect: [Dialect],
        trustedProxies: TrustedProxies, renderer: PageRenderer
    ) {
        self.server = server
        self.front = front
        self.fronts = fronts
        self.everyDialect = everyDialect
        self.trustedProxies = trustedProxies
        self.renderer = renderer
        dialects = everyDialect.filter { dialect in
            dialect.name == front.dialect || (front == fronts.own && !dialect.hasHostForEachRole)
        }
    }

    /// The same site on another of its fronts.
    func at(_ front: Front) -> Site {
        Site(
            server: server.at(front.issuer, among: fronts.issuers), front: front, fronts: fronts,
            everyDialect: everyDialect, trustedProxies: trustedProxies, renderer: renderer
        )
    }

    /// The brand of pages that belong to no client.
    package var brand: Brand { front.brand }

    /// Whether browsers reach this front by https.
    var isSecure: Bool { front.isSecure }
}

extension Site {
    /// The origin of a dialect's host by the part that it plays; the server's own where the operator named none.
    ///
    /// - Parameters:
    ///   - role: The name of one of the dialect's ``Dialect/hosts``.
    ///   - dialect: The dialect's name.
    /// - Returns: The origin, without a slash at its end.
    package func origin(of role: String, in dialect: String) -> String {
        everyDialect.first { $0.name == dialect }?.origins[role]?.text ?? fronts.own.origin
    }

    /// The origin on which people open the pages of a client: its dialect's host for pages, or this front.
    package func pages(of client: Client) -> String {
        dialect(of: client)?.pages ?? pages
    }

    /// The origin on which people open the pages of this front's dialect.
    var pages: String {
        everyDialect.first { $0.name == front.dialect }?.pages ?? front.origin
    }

    /// Paths of pages that ask for a sign-in, and to which the browser may come back from it.
    var signedInPaths: Set<String> {
        Set(["/", "/device", "/device/approve", "/authorize"] + dialects.flatMap(\.signedInPaths))
    }

    /// The brand that a client's pages wear: on the server's own front that of its dialect, elsewhere the front's.
    package func brand(of client: Client) -> Brand {
        front == fronts.own ? dialect(of: client)?.brand ?? brand : brand
    }

    private func dialect(of client: Client) -> Dialect? {
        everyDialect.first { $0.name == client.settings.dialect }
    }
}

extension Site {
    /// What the approval page says of scopes, in words.
    package func words(for scopes: Scopes, of client: Client) -> [ApprovePage.Scope] {
        let words = dialect(of: client)?.scopeWords ?? [:]
        var shown = scopes.names.map { name in
            ApprovePage.Scope(name: name, words: words[name] ?? Self.standardWords[name])
        }
        // What the client gets without asking for it is said, too.
        if client.settings.grants.contains(.refreshToken), !scopes.contains("offline_access") {
            shown.append(ApprovePage.Scope(name: "refresh_token", words: Self.standardWords["offline_access"]))
        }
        return shown
    }

    static let standardWords = [
        "openid": "Know who you are",
        "profile": "Read your name",
        "email": "Read your e-mail address",
        "offline_access": "Stay signed in until you sign out",
    ]
}
