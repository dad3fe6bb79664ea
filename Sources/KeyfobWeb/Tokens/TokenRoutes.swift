import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The token endpoint ([RFC 6749 section 3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
struct TokenRoutes {
    private let server: AuthorizationServer

    init(_ site: Site) {
        server = site.server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("oauth/token") { request, _ in
            let fields = try await request.form()
            let grant = GrantType(rawValue: try fields.required("grant_type"))
            guard GrantType.known.contains(grant) else {
                throw ServerError.oauth(.unsupportedGrantType, "this grant type is not supported")
            }
            let client = try await server.authenticate(ClientCredentials(request, fields))
            let reply = try await redeem(grant, fields, client, idempotencyKey: try request.idempotencyKey())
            return try Response.json(reply, headers: [.pragma: "no-cache"])
        }
    }

    private func redeem(
        _ grant: GrantType, _ fields: FormFields, _ client: Client, idempotencyKey: String?
    ) async throws -> TokenReply {
        switch grant {
        case .authorizationCode:
            let redemption = AuthorizationServer.CodeRedemption(
                code: try fields.required("code"), redirectURI: try fields.required("redirect_uri"),
                verifier: try fields.required("code_verifier"), idempotencyKey: idempotencyKey
            )
            return try await server.redeem(redemption, client: client)
        case .refreshToken:
            return try await server.refresh(
                try fields.required("refresh_token"), client: client, scope: try fields.optional("scope"),
                idempotencyKey: idempotencyKey
            )
        default:
            return try await server.redeemDeviceCode(
                try fields.required("device_code"), client: client, idempotencyKey: idempotencyKey
            )
        }
    }
}

extension Request {
    /// The key with which a client repeats a request whose reply it lost: 16 to 255 visible characters.
    package func idempotencyKey() throws -> String? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (16...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw WebError(.badRequest, .invalidRequest, "Idempotency-Key has 16 to 255 visible characters")
        }
        return key
    }
}
