import Hummingbird
import KeyfobProtocol
import KeyfobServer
package import KeyfobWeb

extension Dialect {
    /// VideoSDK: a sign-in by a link that carries a request's id, and an access token that is sent without `Bearer`.
    ///
    /// Unofficial; compatible with what the vendor's client sends. Ours is the challenge: the id stands in the browser's
    /// address bar, so that by default a start without a challenge is refused. The vendor's client sends none, and works
    /// where the operator sets `requires_challenge` to false.
    package static let videosdk = Dialect(
        name: "videosdk",
        brand: Brand.videosdk,
        clients: [.init(id: VideoSDKClient.id, name: "VideoSDK CLI", settings: VideoSDKClient.settings)],
        tokenFormats: [],
        scopeWords: VideoSDKClient.scopes,
        requestPages: [VideoSDKClient.page],
        hosts: [HostRole("api", isIssuer: true), HostRole("dashboard", hasPages: true)],
        options: [
            .flag("requires_challenge", "false lets the vendor's own client sign in, which sends no challenge.") {
                $0.clients[0].settings.browserRequests?.requiresChallenge = $1
            },
            .seconds("request_life", "Seconds within which a sign-in must be approved; 600 by default.") {
                $0.clients[0].settings.browserRequests?.life = $1
            },
            .seconds("token_life", "Seconds that a token lives; 30 days, 2592000, by default.") {
                $0.clients[0].settings.accessToken = .jwt(life: $1)
            },
        ],
        addRoutes: { router, site in
            let routes = router.add(middleware: EndpointErrors())
            VideoSDKRequestRoutes(site.server).add(to: routes)
            VideoSDKAccountRoutes(site.server).add(to: routes)
        }
    )
}

extension Brand {
    fileprivate static let videosdk: Brand = {
        do {
            return try Brand(name: "VideoSDK", accent: "#6d3fd1", accentDark: "#d1bcfe")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}

/// The facts of the client that the vendor's program is; it names none when it asks.
enum VideoSDKClient {
    static let id = "videosdk-cli"

    static let page = BrowserRequestFacts(path: "/cli/confirm-auth", queryName: "requestId", clientID: id)

    /// The scope that lets a token ask whose it is.
    static let accountScope = "account.read"

    /// The vendor's wire has no scopes; these are ours, so that people read what they approve.
    static let scopes = [
        accountScope: "Read your name, e-mail address and tier",
        "agents": "Deploy and manage your agents on Agent Cloud",
    ]

    static var settings: Client.Settings {
        var settings = Client.Settings()
        settings.redirectURIs = []
        settings.grants = []
        settings.scopes = Scopes(scopes.keys.sorted())
        settings.defaultScopes = settings.scopes
        settings.accessToken = .jwt(life: 30 * 86_400)
        settings.browserRequests = BrowserRequestPolicy()
        settings.isVerified = true
        settings.dialect = "videosdk"
        return settings
    }
}
