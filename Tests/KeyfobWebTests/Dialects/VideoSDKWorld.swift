import KeyfobDialects
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// The dialect's wire, as our own client and as the vendor's speak it.
struct VideoSDKWorld {
    static let start = "/v2/cli/request/start"
    static let status = "/v2/cli/request/status"
    static let me = "/ai/v1/cloud/registry/me"
    static let page = "/cli/confirm-auth"

    let world: World

    /// A server that speaks the dialect; `settings` are those of the operator.
    init(_ options: [String: Dialect.OptionValue] = [:], hosts: [String: String] = [:]) async throws {
        var settings = DialectSettings()
        settings.options = options
        settings.hosts = hosts
        world = try await World.open(dialects: [try Dialect.videosdk.configured(by: settings), .skytells])
    }

    private init(_ world: World) {
        self.world = world
    }

    /// The same server, asked at one of its origins.
    func at(_ origin: String) -> VideoSDKWorld { VideoSDKWorld(world.at(origin)) }

    /// The start of our own client: a challenge in a JSON body.
    func start(challenge: String = World.challenge) async throws -> Reply {
        try await world.send(
            "POST", Self.start, headers: ["Content-Type": "application/json"],
            body: #"{"code_challenge":"\#(challenge)","code_challenge_method":"S256"}"#
        )
    }

    /// The start of the vendor's client: an empty body of no kind in particular.
    func vendorStart() async throws -> Reply {
        let headers = ["Content-Type": "application/octet-stream", "User-Agent": "Python/3.13 aiohttp/3.12.15"]
        return try await world.send("POST", Self.start, headers: headers)
    }

    /// A poll; without a verifier it is the vendor's client's.
    func poll(
        _ id: String, verifier: String? = World.verifier, headers: [String: String] = [:], method: String = "GET"
    ) async throws -> Reply {
        var headers = headers
        headers["Code-Verifier"] = verifier
        return try await world.send(method, Self.status + "?requestId=" + id, headers: headers)
    }

    /// Opens the link in Ada's browser and presses a button; returns the page that follows.
    func decide(_ id: String, pressing button: String = "approve") async throws -> Reply {
        var browser = world.adasBrowser()
        let page = try await browser.get(Self.page + "?requestId=" + id)
        return try await browser.follow(browser.submit(page.form(Self.page + "/approve"), pressing: button))
    }

    /// The access token of a new login.
    func signIn() async throws -> String {
        let id = try await start().text("requestId")
        _ = try await decide(id)
        return try await poll(id).text("token")
    }

    /// Who the token's owner is, as the API says; the header as it is.
    func me(_ authorization: String?) async throws -> Reply {
        try await world.get(Self.me, headers: authorization.map { ["Authorization": $0] } ?? [:])
    }
}
