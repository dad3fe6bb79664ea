import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The newer generation's way to the standard endpoints, and the end of a session of either.
struct PipecatSessionRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("auth/config") { _, _ in
            try Response.json(
                Configuration(
                    issuer: server.issuer, client: PipecatClient.oauth, scopes: PipecatClient.oauthScopes.description)
            )
        }
        router.post("auth/logout", use: logout)
    }

    // Whoever has the refresh token may end its session; without one it is the bearer's own that ends.
    @Sendable private func logout(_ request: Request, _: WebContext) async throws -> Response {
        if let token = try await refreshToken(in: request) {
            let client = try await server.authenticate(ClientCredentials(id: PipecatClient.oauth))
            try await server.revoke(token, client: client)
            return try .json(Ended())
        }
        let token = try request.bearerToken()
        let grant = try await server.pipecatGrant(request)
        guard case .session = grant.source else {
            throw WebError(.badRequest, .invalidRequest, "a personal access token is revoked on its page, not here")
        }
        try await server.revoke(token, client: server.authenticate(ClientCredentials(id: grant.clientID)))
        return try .json(Ended())
    }

    private func refreshToken(in request: Request) async throws -> String? {
        let bytes = try await request.bytes()
        guard !bytes.isEmpty else { return nil }
        guard let body = try? JSONDecoder().decode(Logout.self, from: Data(bytes)) else {
            throw WebError(.badRequest, .invalidRequest, "the body is not the JSON object that this endpoint takes")
        }
        return body.refreshToken.flatMap { $0.isEmpty ? nil : $0 }
    }

    private struct Logout: Decodable {
        let refreshToken: String?

        private enum CodingKeys: String, CodingKey {
            case refreshToken = "refresh_token"
        }
    }

    private struct Ended: Encodable {
        let success = true
    }

    private struct Configuration: Encodable {
        let issuer: String
        let client: String
        let scopes: String

        private enum CodingKeys: String, CodingKey {
            case issuer
            case client = "client_id"
            case scopes
        }
    }
}

extension AuthorizationServer {
    /// What the request's bearer token stands for, if it is one of this product's.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - scope: What the token must allow; nothing in particular by default.
    /// - Returns: What it stands for.
    /// - Throws: `WebError` without a token; `ServerError` for one that is not good, or not good for this.
    func pipecatGrant(_ request: Request, allowing scope: String? = nil) async throws -> AccessGrant {
        let clients = [PipecatClient.tokenFlow, PipecatClient.oauth]
        guard let grant = try await accessGrant(try request.bearerToken()), clients.contains(grant.clientID) else {
            throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked")
        }
        if let scope, !grant.scopes.contains(scope) {
            throw ServerError.oauth(.insufficientScope, "the token lacks the scope \(scope)")
        }
        return grant
    }
}
