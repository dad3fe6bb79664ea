import KeyfobSQL
import Testing

/// What people and programs hear when the server itself fails: never that a token or a password is wrong.
struct FailureTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func expectBusy(_ reply: Reply, sourceLocation: SourceLocation = #_sourceLocation) {
        expectError(reply, 503, "temporarily_unavailable", sourceLocation: sourceLocation)
        #expect(reply["Retry-After"] == "2", sourceLocation: sourceLocation)
    }

    @Test
    func `without its database an endpoint asks to come back`() async throws {
        let token = try await world.signIn().text("access_token")
        try await world.database.close()
        expectBusy(try await world.startDevice())
        expectBusy(try await world.poll("kfd_x"))
        expectBusy(try await world.refresh("kfr_x"))
        expectBusy(try await world.introspect(token))
        expectBusy(try await world.get("/oauth/userinfo", headers: ["Authorization": "Bearer " + token]))
        expectBusy(try await world.post("/oauth/revoke", [("token", token), ("client_id", "tool")]))
    }

    @Test
    func `without its database a page says that nothing was lost`() async throws {
        var browser = world.adasBrowser()
        try await world.database.close()
        for path in ["/", "/device", World.authorize()] {
            let page = try await browser.get(path)
            expectPage(page, 503, "Busy right now")
            #expect(page["Retry-After"] == "2")
        }
        expectPage(try await world.browser().signedIn(), 503, "Busy right now")
    }

    @Test
    func `a broken state is told by a reference, and by nothing else`() async throws {
        let token = try await world.signIn().text("refresh_token")
        try await world.database.write { try $0.execute("UPDATE clients SET settings = 'secret-detail'", []) }
        let reply = try await world.refresh(token)
        expectError(reply, 500, "server_error")
        #expect(!reply.text.contains("secret-detail"))
        var browser = world.adasBrowser()
        let page = try await browser.get(World.authorize())
        expectPage(page, 500, "Something went wrong")
        #expect(page.text.contains("Reference"))
        #expect(!page.text.contains("secret-detail"))
    }

    @Test(arguments: ["/nothing", "/oauth", "/authorize/other", "/.well-known/x", "/../etc/passwd", "/device/x"])
    func `what is not there is not found`(path: String) async throws {
        #expect(try await world.get(path).status == 404)
    }
}

extension Browser {
    /// The answer to a sign-in whose form was opened before.
    fileprivate func signedIn() async throws -> Reply {
        var browser = self
        return try await browser.signIn()
    }
}
