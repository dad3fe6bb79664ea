import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The device flow: JSON in place of forms, and no client identifier.
struct SkytellsDeviceRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("api/oauth/device") { request, context in
            let start: Start = try await request.json()
            let client = try await vendorClient()
            // The vendor sends an array; a scope that does not exist is refused, as by the standard endpoint.
            let scope = start.scopes.map { $0.joined(separator: " ") }
            let started = try await site.server.startDeviceAuthorization(
                client: client, scope: scope?.isEmpty == true ? nil : scope,
                // The vendor's program names itself here, and nothing but its runtime in the header.
                from: Requester(
                    address: context.peerAddress, agent: start.clientName ?? request.headers[.userAgent]
                )
            )
            return try Response.json(site.reply(to: started, for: client))
        }
        router.post("api/oauth/token") { request, _ in
            let poll: Poll = try await request.json()
            guard poll.grantType == GrantType.deviceCode.rawValue else {
                throw ServerError.oauth(.unsupportedGrantType, "this grant type is not supported")
            }
            let reply = try await site.server.redeemDeviceCode(
                poll.deviceCode, client: vendorClient(), idempotencyKey: try request.idempotencyKey()
            )
            return try Response.json(
                Granted(accessToken: reply.accessToken, tokenType: "Bearer", scopes: reply.scope?.names ?? [])
            )
        }
    }

    private func vendorClient() async throws -> Client {
        try await site.server.authenticate(ClientCredentials(id: SkytellsClient.id))
    }

    private struct Start: Decodable {
        let clientName: String?
        let scopes: [String]?

        private enum CodingKeys: String, CodingKey {
            case clientName = "client_name"
            case scopes
        }
    }

    private struct Poll: Decodable {
        let deviceCode: String
        let grantType: String

        private enum CodingKeys: String, CodingKey {
            case deviceCode = "device_code"
            case grantType = "grant_type"
        }
    }

    private struct Granted: Encodable {
        let accessToken: String
        let tokenType: String
        let scopes: [String]

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case tokenType = "token_type"
            case scopes
        }
    }
}

extension Request {
    /// A JSON body of a known shape.
    ///
    /// - Throws: `WebError` with status 400.
    func json<Body: Decodable>() async throws -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: Data(try await bytes()))
        } catch is DecodingError {
            throw WebError(.badRequest, .invalidRequest, "the body is not the JSON object that this endpoint takes")
        }
    }
}
