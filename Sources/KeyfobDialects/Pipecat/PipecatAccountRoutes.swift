import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Whose a token is, and which organizations that person belongs to.
struct PipecatAccountRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("v1/users") { request, _ in
            let account = try await server.pipecatGrant(request).account
            let emails = account.email.map { [Email(emailAddress: $0)] } ?? []
            return try Response.json(Users(user: User(userId: account.id, emails: emails)))
        }
        router.get("v1/organizations") { request, _ in
            let grant = try await server.pipecatGrant(request, allowing: PipecatClient.organizationScope)
            let organizations = try await server.organizations(of: grant.account).map(\.organization)
            return try Response.json(
                Organizations(organizations: organizations.map { Organization(name: $0.slug, verboseName: $0.name) })
            )
        }
        router.get("v1/organizations/{org}/daily") { request, context in
            let grant = try await server.pipecatGrant(request, allowing: PipecatClient.dailyScope)
            let key = try await server.organizationSecret(
                PipecatClient.dailyKey, of: try context.parameters.require("org"), for: .person(grant.account)
            )
            guard let key else { throw ServerError(.notFound, "the organization has no Daily API key") }
            return try Response.json(Daily(apiKey: key))
        }
    }

    // Members are called as the vendor's clients read them.

    private struct Users: Encodable {
        let user: User
    }

    private struct User: Encodable {
        let userId: String
        let emails: [Email]
    }

    private struct Email: Encodable {
        let emailAddress: String
    }

    private struct Organizations: Encodable {
        let organizations: [Organization]
    }

    private struct Organization: Encodable {
        let name: String
        let verboseName: String
    }

    private struct Daily: Encodable {
        let apiKey: String
    }
}
