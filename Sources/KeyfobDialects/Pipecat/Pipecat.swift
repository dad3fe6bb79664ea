import Hummingbird
import KeyfobServer
package import KeyfobWeb

extension Dialect {
    /// Pipecat Cloud: both generations of its sign-in, personal tokens, organizations and their public keys.
    ///
    /// Unofficial; compatible with what the vendor's clients send. The older ones poll a token flow, the newer ones find
    /// the standard endpoints by `/auth/config`. Ours is that a token of the token flow can be ended by a logout, too.
    package static let pipecat = Dialect(
        name: "pipecat",
        brand: Brand.pipecat,
        clients: [
            .init(id: PipecatClient.tokenFlow, name: "Pipecat Cloud CLI", settings: PipecatClient.tokenFlowSettings),
            .init(id: PipecatClient.oauth, name: "Pipecat Cloud CLI", settings: PipecatClient.oauthSettings),
        ],
        tokenFormats: [PipecatClient.tokenFormat],
        scopeWords: PipecatClient.scopes,
        requestPages: [PipecatClient.page],
        hosts: [HostRole("api", isIssuer: true), HostRole("dashboard", hasPages: true)],
        options: [
            .seconds("request_life", "Seconds within which a sign-in must be approved; 600 by default.") {
                $0.clients[0].settings.browserRequests?.life = $1
            },
            .seconds("token_life", "Seconds that a JWT lives before it is refreshed; 24 hours, 86400, by default.") {
                $0.clients[1].settings.accessToken = .jwt(life: $1)
            },
        ],
        personalTokens: PipecatClient.personalTokens,
        addRoutes: { router, site in
            let routes = router.add(middleware: PipecatErrors())
            PipecatTokenFlowRoutes(site).add(to: routes)
            PipecatSessionRoutes(site.server).add(to: routes)
            PipecatAccountRoutes(site.server).add(to: routes)
            PipecatKeyRoutes(site.server).add(to: routes)
        }
    )
}

extension Brand {
    fileprivate static let pipecat: Brand = {
        do {
            return try Brand(name: "Pipecat Cloud", accent: "#0b6e4f", accentDark: "#4ade80")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}
