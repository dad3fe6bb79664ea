import FoundationEssentials
import KeyfobDialects
import KeyfobTestSupport
import KeyfobWeb

/// The dialect's wire, beside that of another product.
struct CldkctlWorld {
    static let exchangePath = "/core/cldkctl/auth"
    static let tokensPath = "/core/cldkctl/token"
    static let page = "/profile/api/token"

    let world: World

    /// A server that speaks the dialect; `settings` are those of the operator.
    init(_ options: [String: Dialect.OptionValue] = [:], hosts: [String: String] = [:]) async throws {
        var settings = DialectSettings()
        settings.options = options
        settings.hosts = hosts
        world = try await World.open(dialects: [try Dialect.cldkctl.configured(by: settings), .skytells])
    }

    private init(_ world: World) {
        self.world = world
    }

    /// The day that it is now, in UTC, as the page takes one.
    var today: String { world.clock.now.formatted(.iso8601.year().month().day()) }

    /// The same server, asked at one of its origins.
    func at(_ origin: String) -> CldkctlWorld { CldkctlWorld(world.at(origin)) }

    /// A token that was made on the page, in Ada's browser unless another is given.
    func makeToken(_ name: String = "laptop", lastDay: String? = nil, in browser: Browser? = nil) async throws -> (
        id: String, secret: String
    ) {
        var browser = browser ?? world.adasBrowser()
        return try await browser.makeToken(at: Self.page, name: name, ["expires_on": lastDay ?? ""])
    }

    /// Exchanges a token as known clients do.
    func exchange(_ token: String) async throws -> Reply {
        try await call("POST", Self.exchangePath, nil, #"{"token":"\#(token)"}"#)
    }

    /// The JWT of a token.
    func jwt(_ token: String) async throws -> String {
        try await exchange(token).json()["data"].orFail()["token"].orFail().text.orFail()
    }

    /// Calls the API with a JWT.
    func call(_ method: String, _ path: String, _ jwt: String?, _ body: String? = nil) async throws -> Reply {
        var headers = ["Content-Type": "application/json"]
        headers["Authorization"] = jwt.map { "Bearer " + $0 }
        return try await world.send(method, path, headers: headers, body: body)
    }
}

extension Reply {
    /// The member `data` of a JSON body.
    func data() throws -> JSON {
        let body = try json()
        guard body.names == ["data"] else { throw Missing() }
        return try body["data"].orFail()
    }
}
