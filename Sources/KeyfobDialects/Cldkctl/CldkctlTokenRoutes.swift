import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// A person's own long-lived tokens: what the portal's page does, for programs.
struct CldkctlTokenRoutes {
    private let server: AuthorizationServer

    private var kind: PersonalTokenKind { CldkctlClient.personalTokens.kind }

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("core/cldkctl/token", use: list)
        router.post("core/cldkctl/token", use: create)
        router.put("core/cldkctl/token/:id", use: rename)
        router.delete("core/cldkctl/token/:id", use: delete)
        router.post("core/cldkctl/token/regenerate/:id", use: regenerate)
    }

    @Sendable private func list(_ request: Request, _: WebContext) async throws -> Response {
        let grant = try await server.cldkctlGrant(request)
        let tokens = try await server.personalTokens(of: grant.account, client: kind.clientID)
        // What was deleted is gone for programs; the page still shows that it was there.
        return try Response.data(tokens.filter { $0.revokedAt == nil }.map { CldkctlToken($0, at: server.now()) })
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let grant = try await server.cldkctlGrant(request)
        let body: Creation = try await request.json()
        let expiry = try CldkctlExpiry(request: body.expiry, at: server.now())
        let made = try await server.createPersonalToken(
            PersonalTokenWish(name: body.name, expiresAt: expiry?.date), kind: kind, account: grant.account,
            from: context.requester(request)
        )
        return try Response.data(CldkctlToken(made.token, secret: made.secret, at: server.now()))
    }

    @Sendable private func rename(_ request: Request, _ context: WebContext) async throws -> Response {
        let grant = try await server.cldkctlGrant(request)
        let body: Renaming = try await request.json()
        let token = try await token(context, of: grant.account)
        try await server.renamePersonalToken(
            token.id, to: body.name, kind: kind, of: grant.account, from: context.requester(request))
        return try Response.data(CldkctlToken(try await self.token(context, of: grant.account), at: server.now()))
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let grant = try await server.cldkctlGrant(request)
        let token = try await token(context, of: grant.account)
        try await server.revokePersonalToken(
            token.id, client: kind.clientID, of: grant.account, from: context.requester(request))
        return try Response.data(["id": token.id, "name": token.name])
    }

    @Sendable private func regenerate(_ request: Request, _ context: WebContext) async throws -> Response {
        let grant = try await server.cldkctlGrant(request)
        let body: CldkctlExpiry.Fields = try await request.json()
        let token = try await token(context, of: grant.account)
        // Who says nothing keeps the last day that the token has.
        let expiry = try CldkctlExpiry(request: body, at: server.now())
        let made = try await server.regeneratePersonalToken(
            token.id, expiresAt: expiry.map(\.date) ?? token.expiresAt, kind: kind, of: grant.account,
            from: context.requester(request)
        )
        return try Response.data(CldkctlToken(made.token, secret: made.secret, at: server.now()))
    }

    private func token(_ context: WebContext, of account: Account) async throws -> PersonalToken {
        let token = try await server.personalToken(
            try context.parameters.require("id"), client: kind.clientID, of: account)
        guard token.revokedAt == nil else { throw ServerError(.notFound, "there is no such token") }
        return token
    }

    private struct Creation: Decodable {
        let name: String
        let expiry: CldkctlExpiry.Fields

        private enum CodingKeys: String, CodingKey {
            case name
        }

        init(from decoder: any Decoder) throws {
            name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name)
            expiry = try CldkctlExpiry.Fields(from: decoder)
        }
    }

    private struct Renaming: Decodable {
        let name: String
    }
}
