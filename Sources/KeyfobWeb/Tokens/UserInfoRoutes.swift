import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The userinfo endpoint
/// ([OpenID Connect Core section 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)).
struct UserInfoRoutes {
    private let server: AuthorizationServer

    init(_ site: Site) {
        server = site.server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("oauth/userinfo", use: userInfo)
        router.post("oauth/userinfo", use: userInfo)
    }

    @Sendable private func userInfo(_ request: Request, _: WebContext) async throws -> Response {
        guard let grant = try await server.accessGrant(try request.bearerToken()) else {
            throw ServerError.oauth(.invalidToken, "the access token is unknown, expired or revoked")
        }
        guard grant.scopes.contains("openid") else {
            throw ServerError.oauth(.insufficientScope, "the access token lacks the scope openid")
        }
        let showsProfile = grant.scopes.contains("profile")
        return try .json(
            UserInfoReply(
                subject: grant.account.id, name: showsProfile ? grant.account.name : nil,
                preferredUsername: showsProfile ? grant.account.username : nil,
                email: grant.scopes.contains("email") ? grant.account.email : nil
            )
        )
    }
}
