import Hummingbird
import KeyfobProtocol
import KeyfobServer
package import KeyfobWeb

extension Dialect {
    /// Skytells: a device flow in JSON that is judged by statuses, and access tokens that live until they are revoked.
    ///
    /// Unofficial; compatible with what the vendor's client sends. Two things are ours: the standard revocation
    /// endpoint works for its tokens, and a wrong client name changes nothing.
    package static let skytells = Dialect(
        name: "skytells",
        brand: Brand.skytells,
        clients: [.init(id: SkytellsClient.id, name: "Skytells CLI", settings: SkytellsClient.settings)],
        tokenFormats: [SkytellsClient.tokenFormat],
        scopeWords: SkytellsClient.scopes,
        addRoutes: { router, site in
            let routes = router.add(middleware: SkytellsErrors())
            SkytellsDeviceRoutes(site.server).add(to: routes)
            SkytellsProjectRoutes(site.server).add(to: routes)
        }
    )
}

extension Brand {
    fileprivate static let skytells: Brand = {
        do {
            return try Brand(name: "Skytells", accent: "#5b3df5", accentDark: "#a99bff")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}

/// The facts of the client that the vendor's program is; it names none when it asks.
enum SkytellsClient {
    static let id = "skytells-cli"

    /// `sk_pat_` and 64 hexadecimal digits: no room for a checksum.
    static let tokenFormat = TokenFormat(
        prefix: "sk_pat_", alphabet: .hexadecimal, length: 64, hasChecksum: false
    )

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
        settings.scopes = Scopes(scopes.keys.sorted())
        settings.defaultScopes = Scopes(["inference", "projects.read", "deployments.read", "account.read"])
        settings.accessToken = .opaque(tokenFormat, life: nil)
        settings.userCodeHasDigits = true
        settings.isVerified = true
        settings.dialect = "skytells"
        return settings
    }
}
