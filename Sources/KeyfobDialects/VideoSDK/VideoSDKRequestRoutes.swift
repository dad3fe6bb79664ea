import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The program's side of a sign-in: it starts a request without naming itself, and asks what became of it.
struct VideoSDKRequestRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("v2/cli/request/start", use: start)
        router.get("v2/cli/request/status", use: status)
        // A HEAD of it must not redeem what the answer to a GET would have carried.
        router.head("v2/cli/request/status") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"])
        }
    }

    @Sendable private func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let (challenge, deviceName) = try await request.browserRequestStart()
        let started = try await server.startBrowserRequest(
            client: vendorClient(), wire: BrowserRequest.Wire(challenge: challenge),
            from: context.requester(request, device: deviceName)
        )
        return try .json(Started(requestId: started.id, expiresIn: started.expiresIn))
    }

    @Sendable private func status(_ request: Request, _: WebContext) async throws -> Response {
        let id = try request.queryFields().required("requestId")
        let poll = BrowserRequestPoll(
            id: id, verifier: request.pollVerifier, idempotencyKey: try request.idempotencyKey()
        )
        switch try await server.pollBrowserRequest(poll, client: vendorClient()) {
        case .pending: return try .json(Standing(status: "pending"))
        case .approved(let reply): return try .json(Standing(status: "approved", token: reply.accessToken))
        case .expired: return try .json(Standing(status: "expired"))
        // The vendor's client, which sends no verifier, takes every word but "expired" for a reason to go on polling.
        case .denied: return try .json(Standing(status: poll.verifier == nil ? "expired" : "denied"))
        case .unknown: throw WebError(.notFound, .invalidRequest, "there is no such request")
        }
    }

    private func vendorClient() async throws -> Client {
        try await server.authenticate(ClientCredentials(id: VideoSDKClient.id))
    }

    private struct Started: Encodable {
        let requestId: String
        let expiresIn: Int
    }

    private struct Standing: Encodable {
        let status: String
        var token: String?
    }
}
