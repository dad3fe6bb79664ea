import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Whose a token is.
struct VideoSDKAccountRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("ai/v1/cloud/registry/me") { request, _ in
            guard let grant = try await server.accessGrant(try request.bareToken()),
                grant.clientID == VideoSDKClient.id
            else { throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked") }
            guard grant.scopes.contains(VideoSDKClient.accountScope) else {
                throw ServerError.oauth(
                    .insufficientScope, "the token lacks the scope \(VideoSDKClient.accountScope)")
            }
            let account = grant.account
            return try Response.json(
                Person(
                    name: account.name ?? account.username, email: account.email,
                    tier: try await server.accountAttribute("tier", of: account)
                )
            )
        }
    }

    /// A person, as the vendor's client reads one; it shows a dash for what is left out.
    private struct Person: Encodable {
        let name: String
        let email: String?
        let tier: String?
    }
}

extension Request {
    /// The token of the `Authorization` header, which the vendor's client sends without a scheme; `Bearer` may be there.
    ///
    /// - Throws: `WebError` with status 401 where there is none, also for the empty header of a client without a token.
    fileprivate func bareToken() throws -> String {
        let words = (headers[.authorization] ?? "").split(separator: " ")
        if words.count == 1, words[0].lowercased() != "bearer" { return String(words[0]) }
        return try bearerToken()
    }
}
