import FoundationEssentials
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Whose a token is, and what it is; any token of the product may ask.
struct PodstackAccountRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("v1/account") { request, _ in
            let grant = try await server.podstackGrant(of: request)
            let showsPerson = grant.scopes.contains(PodstackClient.accountRead)
            return try Response.json(
                Account(
                    id: grant.account.id,
                    email: showsPerson ? grant.account.email : nil,
                    name: showsPerson ? grant.account.name ?? grant.account.username : nil,
                    token: try await token(grant)
                )
            )
        }
    }

    private func token(_ grant: AccessGrant) async throws -> Token {
        var name: String?
        if case .personalToken(let id) = grant.source {
            name = try await server.personalToken(id, client: grant.clientID, of: grant.account).name
        }
        return Token(
            kind: name == nil ? "login" : "API token", name: name, scope: grant.scopes.description,
            createdAt: grant.issuedAt.formatted(.iso8601), expiresAt: grant.expiresAt?.formatted(.iso8601)
        )
    }

    private struct Account: Encodable {
        let id: String
        let email: String?
        let name: String?
        let token: Token
    }

    private struct Token: Encodable {
        let kind: String
        let name: String?
        let scope: String
        let createdAt: String
        let expiresAt: String?

        private enum CodingKeys: String, CodingKey {
            case kind, name, scope
            case createdAt = "created_at"
            case expiresAt = "expires_at"
        }
    }
}
