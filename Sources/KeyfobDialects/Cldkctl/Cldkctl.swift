import Hummingbird
import KeyfobProtocol
import KeyfobServer
package import KeyfobWeb

extension Dialect {
    /// cldkctl: a personal token that is made in the portal, pasted into the tool, and exchanged there for a JWT.
    ///
    /// Unofficial; compatible with what is known of the vendor's API. One host serves the portal and the API.
    package static let cldkctl = Dialect(
        name: "cldkctl",
        brand: Brand.cldkctl,
        clients: [.init(id: CldkctlClient.id, name: "cldkctl", settings: CldkctlClient.settings)],
        tokenFormats: [],
        scopeWords: CldkctlClient.scopes,
        hosts: [HostRole("portal", isIssuer: true, hasPages: true)],
        options: [
            .seconds("token_life", "Seconds that a JWT lives after an exchange; 24 hours, 86400, by default.") {
                $0.clients[0].settings.accessToken = .jwt(life: $1)
            }
        ],
        personalTokens: CldkctlClient.personalTokens,
        addRoutes: { router, site in
            let routes = router.add(middleware: CldkctlErrors())
            CldkctlExchangeRoutes(site.server).add(to: routes)
            CldkctlTokenRoutes(site.server).add(to: routes)
            CldkctlUserRoutes(site.server).add(to: routes)
        }
    )
}

extension Brand {
    fileprivate static let cldkctl: Brand = {
        do {
            return try Brand(name: "Cloudeka", accent: "#0a5fc4", accentDark: "#8fc1ff")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}
