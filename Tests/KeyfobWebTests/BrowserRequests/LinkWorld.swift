import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// A site with a product whose program signs people in by a link, and the program's side of it.
struct LinkWorld {
    static let path = "/cli/confirm"
    static let clientID = "linker"

    let world: World
    let client: Client

    init(name: String = "Linker", policy: BrowserRequestPolicy = BrowserRequestPolicy()) async throws {
        var settings = Client.Settings()
        settings.browserRequests = policy
        settings.isVerified = true
        settings.dialect = "linker"
        let dialect = Dialect(
            name: "linker", brand: try Brand(name: "Linkers", accent: "#123456"),
            clients: [.init(id: Self.clientID, name: name, settings: settings)], tokenFormats: [],
            scopeWords: ["openid": "Know your name in the link"],
            requestPages: [Self.facts], addRoutes: { _, _ in }
        )
        world = try await World.open(dialects: [dialect])
        client = try await world.server.client(Self.clientID).orFail()
    }

    static let facts = BrowserRequestFacts(path: path, queryName: "requestId", clientID: clientID)

    func start(
        code: Bool = false, from requester: Requester = Requester(address: "192.0.2.7"), scope: String? = nil
    ) async throws -> AuthorizationServer.StartedBrowserRequest {
        let wire = BrowserRequest.Wire(hasPollSecret: true, hasCode: code)
        return try await world.server.startBrowserRequest(client: client, scope: scope, wire: wire, from: requester)
    }

    func poll(_ started: AuthorizationServer.StartedBrowserRequest) async throws -> BrowserRequestOutcome {
        try await world.server.pollBrowserRequest(
            BrowserRequestPoll(id: started.id, secret: started.pollSecret), client: client
        )
    }

    static func link(_ id: String) -> String { path + "?requestId=" + id }
}

extension Browser {
    /// Opens a link, types the code where one is asked for, and returns the approval page's form.
    mutating func approvalForm(
        of started: AuthorizationServer.StartedBrowserRequest
    ) async throws -> Form {
        let link = LinkWorld.link(started.id)
        guard let code = started.code else { return try await get(link).form(LinkWorld.path + "/approve") }
        var form = try await get(link).form(link)
        form["user_code"] = code.display
        return try await follow(submit(form)).form(LinkWorld.path + "/approve")
    }
}
