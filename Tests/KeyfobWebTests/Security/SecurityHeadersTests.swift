import KeyfobSQL
import KeyfobTestSupport
import Testing

/// Headers that every reply has, whatever became of the request.
struct SecurityHeadersTests {
    /// A request of each kind, with the status that shows that it is of that kind.
    private static let kinds: [(method: String, path: String, status: Int)] = [
        ("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/sign-in", 200), ("GET", "/device", 303),
        ("GET", "/authorize", 400), ("GET", "/authorize?x=%zz", 400), ("POST", "/sign-in", 403),
        ("POST", "/sign-out", 403), ("GET", "/nothing", 404), ("GET", "/assets/x.css", 404),
        ("DELETE", "/oauth/token", 404), ("POST", "/oauth/token", 400), ("POST", "/oauth/revoke", 401),
        ("POST", "/oauth/introspect", 401), ("GET", "/oauth/userinfo", 401),
        ("POST", "/oauth/device_authorization", 401), ("GET", "/oauth/jwks", 200), ("GET", "/healthz", 200),
        ("GET", "/readyz", 200), ("GET", "/.well-known/openid-configuration", 200),
    ]

    private static func ask(_ world: World, _ index: Int) async throws -> Reply {
        let kind = kinds[index]
        let form = ["Content-Type": "application/x-www-form-urlencoded"]
        let reply =
            kind.method == "POST"
            ? try await world.send("POST", kind.path, headers: form, body: "")
            : try await world.send(kind.method, kind.path)
        #expect(reply.status == kind.status, "\(kind)")
        return reply
    }

    private static func expectHeaders(_ reply: Reply, _ about: String) throws {
        #expect(reply["X-Content-Type-Options"] == "nosniff", "\(about)")
        #expect(reply["X-Frame-Options"] == "DENY", "\(about)")
        #expect(reply["Referrer-Policy"] == "same-origin", "\(about)")
        #expect(reply["Cross-Origin-Opener-Policy"] == "same-origin", "\(about)")
        #expect(reply["Cross-Origin-Resource-Policy"] == "same-origin", "\(about)")
        #expect(reply["Permissions-Policy"] != nil, "\(about)")
        #expect(reply["Strict-Transport-Security"] == "max-age=31536000", "\(about)")
        let policy = try reply["Content-Security-Policy"].orFail()
        #expect(policy.hasPrefix("default-src 'none'; "), "\(about)")
        #expect(policy.contains("frame-ancestors 'none'"), "\(about)")
        #expect(!policy.contains("unsafe"), "\(about)")
    }

    @Test(arguments: kinds.indices)
    func `each kind of reply has them`(kind: Int) async throws {
        try Self.expectHeaders(await Self.ask(World.open(), kind), "\(Self.kinds[kind])")
    }

    @Test(arguments: kinds.indices)
    func `nothing but public documents may be stored`(kind: Int) async throws {
        let reply = try await Self.ask(World.open(), kind)
        let isPublic = ["/oauth/jwks", "/.well-known/openid-configuration"].contains(Self.kinds[kind].path)
        #expect(reply["Cache-Control"] == (isPublic ? "public, max-age=300" : "no-store"))
    }

    @Test
    func `a failure of the server has them`() async throws {
        let world = try await World.open()
        var browser = world.adasBrowser()
        let form = try await browser.get("/").form("/sign-out")
        try await world.database.close()
        try Self.expectHeaders(await browser.submit(form), "page")
        try Self.expectHeaders(await world.startDevice(), "endpoint")
    }

    @Test
    func `without https nobody is told to come back with it`() async throws {
        let reply = try await World.open(issuer: "http://127.0.0.1:8080").get("/")
        #expect(reply["Strict-Transport-Security"] == nil)
        #expect(reply["X-Frame-Options"] == "DENY")
    }

    @Test
    func `a page's policy allows our own style and our own forms, and nothing else`() async throws {
        let policy = try await World.open().get("/sign-in")["Content-Security-Policy"]
        #expect(
            policy
                == "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'"
        )
    }

    @Test
    func `only public documents are open to other sites' scripts`() async throws {
        let world = try await World.open()
        for index in Self.kinds.indices {
            let reply = try await Self.ask(world, index)
            let isPublic = ["/oauth/jwks", "/.well-known/openid-configuration"].contains(Self.kinds[index].path)
            #expect(reply["Access-Control-Allow-Origin"] == (isPublic ? "*" : nil))
        }
    }
}
