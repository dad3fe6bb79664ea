import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The call with which the vendor's client finds out whether its token is good.
struct SkytellsProjectRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("api/v1/cli/projects") { request, _ in
            guard let grant = try await server.accessGrant(try request.bearerToken()),
                grant.clientID == SkytellsClient.id
            else { throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked") }
            guard grant.scopes.contains("projects.read") || grant.scopes.contains("projects.write") else {
                throw ServerError.oauth(.insufficientScope, "the token lacks the scope projects.read")
            }
            // This server keeps no projects yet, so an account has none.
            return try Response.json([Project]())
        }
    }

    /// A project, as the vendor's client reads it.
    private struct Project: Encodable {
        let id: String
        let name: String
        let slug: String
    }
}
