import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The introspection endpoint ([RFC 7662](https://www.rfc-editor.org/rfc/rfc7662)).
struct IntrospectionRoutes {
    private let server: AuthorizationServer

    init(_ site: Site) {
        server = site.server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("oauth/introspect") { request, _ in
            let fields = try await request.form()
            let client = try await server.authenticate(ClientCredentials(request, fields))
            return try Response.json(await server.introspect(try fields.required("token"), for: client))
        }
    }
}
