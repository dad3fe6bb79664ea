package import Hummingbird
package import KeyfobProtocol
package import KeyfobServer

/// A product's own wire and pages, spoken beside the standard ones; off until the operator switches it on.
package struct Dialect: Sendable {
    /// A client that the dialect brings with it.
    package struct SeededClient: Sendable {
        /// The identifier.
        package let id: String
        /// The name for people.
        package let name: String
        /// What it may do; each start of the server brings the stored client up to date with it.
        package var settings: Client.Settings

        /// Makes a client's facts.
        package init(id: String, name: String, settings: Client.Settings) {
            self.id = id
            self.name = name
            self.settings = settings
        }
    }

    /// A part that one of the product's hosts plays; one host may play several.
    package struct HostRole: Sendable, Hashable {
        /// The name by which the operator gives the host, such as `api`.
        package let name: String
        /// Whether tokens that the dialect's hosts issue name this one.
        package let isIssuer: Bool
        /// Whether people open the dialect's pages here.
        package let hasPages: Bool

        /// Describes a part.
        package init(_ name: String, isIssuer: Bool = false, hasPages: Bool = false) {
            self.name = name
            self.isIssuer = isIssuer
            self.hasPages = hasPages
        }
    }

    /// The name by which the operator switches it on.
    package let name: String
    /// How its pages look.
    package var brand: Brand
    /// The clients that it needs.
    package var clients: [SeededClient]
    /// The forms of its opaque access tokens, the one of its personal tokens included.
    package var tokenFormats: [TokenFormat]
    /// What its scopes allow, in words.
    package var scopeWords: [String: String]
    /// Where its pages for browser requests are; none if it has no such flow.
    package var requestPages: [BrowserRequestFacts]
    /// What people make themselves on which page; `nil` if the product has no personal tokens.
    package var personalTokens: PersonalTokenFacts?
    /// How its projects' keys look; `nil` where the product has none.
    package var projectKeys: ProjectKeyKind?
    /// The parts that its hosts play.
    package var hosts: [HostRole]
    /// What the operator can set of it besides what every dialect has.
    package var options: [Option]
    /// The origins that the operator gave its hosts, by part; none of them until then.
    package var origins: [String: Origin] = [:]
    /// Adds its routes.
    package var addRoutes: @Sendable (RouterGroup<WebContext>, Site) -> Void

    /// Makes a dialect.
    package init(
        name: String, brand: Brand, clients: [SeededClient], tokenFormats: [TokenFormat],
        scopeWords: [String: String], requestPages: [BrowserRequestFacts] = [], hosts: [HostRole] = [],
        options: [Option] = [], projectKeys: ProjectKeyKind? = nil,
        personalTokens: PersonalTokenFacts? = nil,
        addRoutes: @escaping @Sendable (RouterGroup<WebContext>, Site) -> Void
    ) {
        self.name = name
        self.brand = brand
        self.clients = clients
        // A token of no listed form would be refused before anyone looked for it.
        let personal = personalTokens.map { [$0.kind.format] } ?? []
        self.tokenFormats = tokenFormats + personal.filter { !tokenFormats.contains($0) }
        self.scopeWords = scopeWords
        self.requestPages = requestPages
        self.projectKeys = projectKeys
        self.personalTokens = personalTokens
        self.hosts = hosts
        self.options = options
        self.addRoutes = addRoutes
    }
}

extension Dialect {
    /// The origin that its tokens name, if it has a host for that.
    var issuer: String? { origin { $0.isIssuer } }

    /// The origin of its pages, if it has a host for them.
    var pages: String? { origin { $0.hasPages } }

    /// Whether nothing is left that the server's own front would have to stand in for.
    var hasHostForEachRole: Bool {
        !hosts.isEmpty && hosts.allSatisfy { origins[$0.name] != nil }
    }

    private func origin(of isWanted: (HostRole) -> Bool) -> String? {
        hosts.first { isWanted($0) && origins[$0.name] != nil }.flatMap { origins[$0.name]?.text }
    }
}
