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
        /// What it may do, until the operator changes it.
        package let settings: Client.Settings

        /// Makes a client's facts.
        package init(id: String, name: String, settings: Client.Settings) {
            self.id = id
            self.name = name
            self.settings = settings
        }
    }

    /// The name by which the operator switches it on.
    package let name: String
    /// How its pages look.
    package let brand: Brand
    /// The clients that it needs.
    package let clients: [SeededClient]
    /// The forms of its opaque access tokens.
    package let tokenFormats: [TokenFormat]
    /// What its scopes allow, in words.
    package let scopeWords: [String: String]
    /// Adds its routes.
    package let addRoutes: @Sendable (RouterGroup<WebContext>, Site) -> Void

    /// Makes a dialect.
    package init(
        name: String, brand: Brand, clients: [SeededClient], tokenFormats: [TokenFormat],
        scopeWords: [String: String], addRoutes: @escaping @Sendable (RouterGroup<WebContext>, Site) -> Void
    ) {
        self.name = name
        self.brand = brand
        self.clients = clients
        self.tokenFormats = tokenFormats
        self.scopeWords = scopeWords
        self.addRoutes = addRoutes
    }
}
