import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The revocation endpoint ([RFC 7009](https://www.rfc-editor.org/rfc/rfc7009)).
struct RevocationRoutes {
    private let server: AuthorizationServer

    init(_ site: Site) {
        server = site.server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("oauth/revoke") { request, _ in
            let fields = try await request.form()
            let client = try await server.authenticate(ClientCredentials(request, fields))
            // token_type_hint is not needed: our tokens tell by themselves what they are.
            try await server.revoke(try fields.required("token"), client: client)
            return Response(status: .ok)
        }
    }
}
