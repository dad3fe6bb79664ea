import KeyfobDialects
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// The dialect's wire, as the vendor's clients speak it.
struct PipecatWorld {
    static let tokenPage = "/settings/personal-access-tokens"
    static let page = "/auth/cli"
    static let oauthClient = "pipecat-cloud-cli"
    static let callback = "http://127.0.0.1:8403/oauth_callback"

    let world: World

    /// A server that speaks the dialect beside another; Ada owns the organization `lab`.
    init(hosts: [String: String] = [:], options: [String: Dialect.OptionValue] = [:]) async throws {
        var settings = DialectSettings()
        settings.hosts = hosts
        settings.options = options
        world = try await World.open(dialects: [try Dialect.pipecat.configured(by: settings), .videosdk])
        _ = try await world.server.addOrganization(slug: "lab", name: "The Lab", owner: "ada")
    }

    private init(_ world: World) {
        self.world = world
    }

    /// The same server, asked at one of its origins.
    func at(_ origin: String) -> PipecatWorld { PipecatWorld(world.at(origin)) }

    /// The start of the older generation's client: no body, no type.
    func start(_ query: String = "?use_code=true") async throws -> Reply {
        let headers = ["Content-Type": "application/octet-stream", "Content-Length": "0"]
        return try await world.send("POST", "/auth/login" + query, headers: headers)
    }

    func poll(_ started: Reply, headers: [String: String] = [:], method: String = "GET") async throws -> Reply {
        let (id, secret) = (try started.text("token_flow_id"), try started.text("wait_secret"))
        return try await poll(id: id, secret: secret, headers: headers, method: method)
    }

    func poll(
        id: String, secret: String, headers: [String: String] = [:], method: String = "GET"
    ) async throws -> Reply {
        try await world.send(method, "/auth/status?token_flow_id=\(id)&wait_secret=\(secret)", headers: headers)
    }

    /// Opens the link, types the code, and presses a button; returns the page that follows.
    func decide(_ started: Reply, pressing button: String = "approve") async throws -> Reply {
        var browser = world.adasBrowser()
        let link = Self.page + "?token_flow_id=" + (try started.text("token_flow_id"))
        var page = try await browser.get(link)
        if let code = try started.json()["code"]?.text {
            var form = try page.form(link)
            form["user_code"] = code
            page = try await browser.follow(browser.submit(form))
        }
        return try await browser.follow(browser.submit(page.form(Self.page + "/approve"), pressing: button))
    }

    /// The opaque token of a token flow.
    func tokenFlow() async throws -> String {
        let started = try await start()
        _ = try await decide(started)
        return try await poll(started).text("token")
    }

    /// The reply of the token endpoint after code and PKCE.
    func oauth() async throws -> Reply {
        let asked: [String: String?] = [
            "client_id": Self.oauthClient, "redirect_uri": Self.callback, "nonce": nil as String?,
            "scope": try await world.get("/auth/config").text("scopes"),
        ]
        let code = try await world.authorizationCode(asked)
        return try await world.redeem(code, ["client_id": Self.oauthClient, "redirect_uri": Self.callback])
    }

    /// A personal token of Ada's, made on the page.
    func personalToken() async throws -> String {
        var browser = world.adasBrowser()
        return try await browser.makeToken(at: Self.tokenPage, name: "ci").secret
    }

    /// Asks the API; no token sends no header.
    func api(_ path: String, _ token: String?) async throws -> Reply {
        try await api("GET", path, token)
    }

    func api(_ method: String, _ path: String, _ token: String?, body: String? = nil) async throws -> Reply {
        var headers = token.map { ["Authorization": "Bearer " + $0] } ?? [:]
        if body != nil { headers["Content-Type"] = "application/json" }
        return try await world.send(method, path, headers: headers, body: body)
    }
}
