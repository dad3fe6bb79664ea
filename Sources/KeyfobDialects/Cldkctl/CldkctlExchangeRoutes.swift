import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The exchange of a long-lived token for a JWT, which says whose it is as well.
struct CldkctlExchangeRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("core/cldkctl/auth") { request, context in
            let body: Body = try await request.json()
            let client = try await server.authenticate(ClientCredentials(id: CldkctlClient.id))
            let jwt = try await exchange(body.token, client, from: context.requester(request))
            guard let grant = try await server.accessGrant(jwt) else { throw Self.refusal }
            let owner = try await CldkctlPerson(grant.account, in: nil, server)
            return try Response.data(Exchanged(token: jwt, owner: owner))
        }
    }

    private func exchange(_ token: String, _ client: Client, from requester: Requester) async throws -> String {
        do {
            return try await server.exchangePersonalToken(
                token, client: client, life: Self.life(client), from: requester
            )
            .accessToken
        } catch let error as ServerError where error.code == .oauth(.invalidGrant) {
            throw Self.refusal
        }
    }

    private static func life(_ client: Client) -> Int {
        guard case .jwt(let life) = client.settings.accessToken else { return CldkctlClient.tokenLife }
        return life
    }

    // One text for every reason: who guesses learns nothing.
    private static let refusal = ServerError.oauth(.invalidToken, "the token is unknown, expired or revoked")

    private struct Body: Decodable {
        let token: String
    }

    /// The owner's members and the JWT, side by side.
    private struct Exchanged: Encodable {
        let token: String
        let owner: CldkctlPerson

        private enum CodingKeys: String, CodingKey {
            case token
        }

        func encode(to encoder: any Encoder) throws {
            try owner.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(token, forKey: .token)
        }
    }
}
