import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The older generation's sign-in: a flow with a public id and a secret to poll with.
struct PipecatTokenFlowRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("auth/login", use: start)
        router.get("auth/status", use: status)
        // A HEAD of it must not redeem what the answer to a GET would have carried.
        router.head("auth/status") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"])
        }
    }

    // Programs without a code never ask for one; whatever body comes is none of this endpoint's.
    @Sendable private func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let hasCode = try request.queryFields().optional("use_code") == "true"
        let client = try await vendorClient()
        let started = try await site.server.startBrowserRequest(
            client: client, wire: BrowserRequest.Wire(hasPollSecret: true, hasCode: hasCode),
            from: context.requester(request)
        )
        return try .json(
            Started(
                flow: started.id, secret: started.pollSecret,
                page: PipecatClient.page.address(of: started.id, at: site.pages(of: client)),
                code: started.code?.display, life: started.expiresIn
            )
        )
    }

    @Sendable private func status(_ request: Request, _: WebContext) async throws -> Response {
        let query = try request.queryFields()
        let poll = BrowserRequestPoll(
            id: try query.required("token_flow_id"), secret: try query.required("wait_secret"),
            idempotencyKey: try request.idempotencyKey()
        )
        switch try await site.server.pollBrowserRequest(poll, client: vendorClient()) {
        case .pending: return try .json(Standing(status: "pending"))
        case .approved(let reply): return try .json(Standing(status: "complete", token: reply.accessToken))
        // The vendor's clients know one word for all that went wrong, and poll for ever at any other; why is ours.
        case .denied: return try .json(Standing(status: "failure", reason: "denied"))
        case .expired: return try .json(Standing(status: "failure", reason: "expired"))
        case .unknown: return try .json(Standing(status: "failure"))
        }
    }

    private func vendorClient() async throws -> Client {
        try await site.server.authenticate(ClientCredentials(id: PipecatClient.tokenFlow))
    }

    private struct Started: Encodable {
        let flow: String
        let secret: String?
        let page: String
        let code: String?
        // Ours: the vendor's clients poll until somebody stops them.
        let life: Int

        private enum CodingKeys: String, CodingKey {
            case flow = "token_flow_id"
            case secret = "wait_secret"
            case page = "web_url"
            case code
            case life = "expires_in"
        }
    }

    private struct Standing: Encodable {
        let status: String
        var token: String?
        var reason: String?
    }
}
