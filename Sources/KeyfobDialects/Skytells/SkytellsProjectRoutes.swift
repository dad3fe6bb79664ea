import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Projects: those of a person, to a token; the one that it opens, to an access key.
struct SkytellsProjectRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        // The vendor's client finds out by this call whether a token is good.
        router.get("api/v1/cli/projects") { request, _ in
            let grant = try await grant(of: request)
            guard grant.scopes.contains("projects.read") || grant.scopes.contains("projects.write") else {
                throw ServerError.oauth(.insufficientScope, "the token lacks the scope projects.read")
            }
            let projects = try await server.projects(for: .person(grant.account))
            return try Response.json(projects.map(Project.init))
        }
        router.get("api/v1/cli/project") { request, _ in
            let secret = try request.bearerToken()
            guard let grant = try await server.projectGrant(secret, kind: SkytellsClient.projectKeys) else {
                throw ServerError.oauth(.invalidToken, "the access key is invalid or revoked")
            }
            return try Response.json(Project(grant.project))
        }
    }

    private func grant(of request: Request) async throws -> AccessGrant {
        guard let grant = try await server.accessGrant(try request.bearerToken()), grant.clientID == SkytellsClient.id
        else { throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked") }
        return grant
    }

    /// A project, as the vendor's client reads it.
    private struct Project: Encodable {
        let id: String
        let name: String
        let slug: String

        init(_ project: KeyfobServer.Project) {
            id = project.id
            name = project.name
            slug = project.slug
        }
    }
}
