import HTTPTypes
package import Hummingbird

/// Gives each request to the routes of its front.
package struct FrontResponder: HTTPResponder {
    private let fronts: Fronts
    private let responders: [Front: RouterResponder<WebContext>]
    private let own: RouterResponder<WebContext>
    private let proxies: TrustedProxies

    /// Builds the routes of every front of a site.
    init(_ site: Site) {
        fronts = site.fronts
        proxies = site.trustedProxies
        own = buildRouter(site.at(site.fronts.own)).buildResponder()
        responders = Dictionary(
            uniqueKeysWithValues: site.fronts.others.map { ($0, buildRouter(site.at($0)).buildResponder()) }
        )
    }

    /// Answers a request.
    package func respond(to request: Request, context: WebContext) async throws -> Response {
        // Of two hosts, a proxy may have checked the other one (RFC 9112 section 3.2).
        guard request.headers[.secondHost] == nil else {
            return Response(status: .badRequest, headers: [.connection: "close"])
        }
        var context = context
        context.peerAddress = proxies.client(
            peer: context.peerAddress, forwardedFor: request.headers[values: .xForwardedFor]
        )
        let responder = responders[fronts.front(at: request.head.authority)] ?? own
        return try await responder.respond(to: request, context: context)
    }
}

/// The application of a site: every front with its routes.
package func buildResponder(_ site: Site) -> FrontResponder {
    FrontResponder(site)
}
