import KeyfobTestSupport
import Testing

/// The vendor's device flow: JSON in place of forms, statuses in place of codes.
struct SkytellsDeviceTests {
    private let skytells: SkytellsWorld
    private var world: World { skytells.world }

    init() async throws {
        skytells = try await SkytellsWorld()
    }

    @Test
    func `a device is told its codes, of four letters and four digits`() async throws {
        let reply = try await skytells.start()
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let told = try reply.json()
        let code = try reply.text("user_code")
        #expect(code.wholeMatch(of: #/[A-Z]{4}-[0-9]{4}/#) != nil)
        #expect(told["verification_uri"] == "https://id.example.com/device")
        #expect(told["verification_uri_complete"] == .string("https://id.example.com/device?user_code=" + code))
        #expect(told["expires_in"] == 900)
        #expect(told["interval"] == 5)
        #expect(told["device_code"]?.text != nil)
    }

    @Test
    func `while nobody has decided, the answer is 428`() async throws {
        let code = try await skytells.start().text("device_code")
        for _ in 0..<2 {
            let reply = try await skytells.poll(code)
            #expect(reply.status == 428)
            #expect(reply["Cache-Control"] == "no-store")
        }
        world.clock.advance(by: 60)
        let reply = try await skytells.poll(code)
        #expect(reply.status == 428)
        #expect(reply.error == "authorization_pending")
        #expect(try reply.json().names == ["error", "message"])
    }

    @Test
    func `after the approval the answer is 200 with the token and its scopes as an array`() async throws {
        let started = try await skytells.start(scopes: ["inference", "keys.read"])
        _ = try await world.decide(started.text("user_code"))
        let reply = try await skytells.poll(started.text("device_code"))
        #expect(reply.status == 200)
        #expect(reply["Cache-Control"] == "no-store")
        let granted = try reply.json()
        #expect(granted.names == ["access_token", "token_type", "scopes"])
        #expect(granted["token_type"] == "Bearer")
        #expect(granted["scopes"] == ["inference", "keys.read"])
        #expect(try reply.text("access_token").wholeMatch(of: #/sk_pat_[0-9a-f]{64}/#) != nil)
    }

    @Test
    func `after the denial the answer is 403`() async throws {
        let started = try await skytells.start()
        _ = try await world.decide(started.text("user_code"), pressing: "deny")
        let reply = try await skytells.poll(started.text("device_code"))
        #expect(reply.status == 403)
        #expect(reply.error == "access_denied")
    }

    @Test
    func `after its life the answer is 410`() async throws {
        let code = try await skytells.start().text("device_code")
        world.clock.advance(by: 900)
        let reply = try await skytells.poll(code)
        #expect(reply.status == 410)
        #expect(reply.error == "expired_token")
    }

    @Test
    func `a code is redeemed once`() async throws {
        let started = try await skytells.start()
        _ = try await world.decide(started.text("user_code"))
        #expect(try await skytells.poll(started.text("device_code")).status == 200)
        #expect(try await skytells.poll(started.text("device_code")).status == 400)
    }

    @Test(arguments: [nil, []] as [[String]?])
    func `without scopes the vendor's default is granted`(scopes: [String]?) async throws {
        let started = try await skytells.start(scopes: scopes)
        _ = try await world.decide(started.text("user_code"))
        let granted = try await skytells.poll(started.text("device_code")).json()["scopes"]
        #expect(granted == ["inference", "projects.read", "deployments.read", "account.read"])
    }

    @Test(arguments: ["admin", "openid", "INFERENCE", "a,b"])
    func `an unknown scope is refused`(scope: String) async throws {
        let reply = try await skytells.start(scopes: ["inference", scope])
        #expect(reply.status == 400)
        #expect(reply.error == "invalid_scope")
    }

    @Test(arguments: [
        "", "x", "[]", "null", "{", #"{"scopes":"inference"}"#, #"{"scopes":[1]}"#, #"{"client_name":7}"#,
        "client_name=x&scopes=inference",
    ])
    func `a body of another shape is refused with 400`(body: String) async throws {
        let reply = try await skytells.send("/api/oauth/device", body)
        #expect(reply.status == 400)
        #expect(reply.error == "invalid_request")
        #expect(try await skytells.send("/api/oauth/token", body).status == 400)
    }

    @Test
    func `a form is refused with 400`() async throws {
        for path in ["/api/oauth/device", "/api/oauth/token"] {
            let reply = try await world.post(
                path, [("client_id", "skytells-cli"), ("grant_type", World.deviceGrant), ("device_code", "x")]
            )
            #expect(reply.status == 400)
        }
    }

    @Test
    func `another grant type, an unknown code and a standard client's code are refused with 400`() async throws {
        #expect(try await skytells.poll("x", grant: "refresh_token").error == "unsupported_grant_type")
        #expect(try await skytells.poll("x", grant: "refresh_token").status == 400)
        #expect(try await skytells.poll("x").status == 400)
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        #expect(try await skytells.poll(started.text("device_code")).error == "invalid_grant")
    }

    @Test
    func `the pages wear the vendor's name and say scopes in its words`() async throws {
        var browser = world.adasBrowser()
        let page = try await browser.approvalPage(for: skytells.start().text("user_code"))
        expectPage(page, 200, "Skytells CLI wants to access your account")
        #expect(page.text.contains("<title>Approve access · Skytells</title>"))
        #expect(page.text.contains("Run inference requests"))
        let links = HTMLOutline(page.text).all("link")
        for link in links {
            #expect(try await world.get(link.attributes["href"].orFail()).status == 200)
        }
        #expect(links.map { $0.attributes["rel"] } == ["stylesheet", "icon"])
    }

    @Test
    func `a hostile name is text`() async throws {
        var browser = world.adasBrowser()
        let started = try await skytells.start(name: "<script>alert(1)</script>")
        let page = try await browser.approvalPage(for: started.text("user_code"))
        #expect(page.text.contains("&lt;script&gt;"))
        #expect(!page.text.contains("<script>"))
    }

    @Test
    func `a large body is refused with 413`() async throws {
        let body = #"{"client_name":""# + String(repeating: "x", count: 70_000) + #""}"#
        #expect(try await skytells.send("/api/oauth/device", body).status == 413)
    }

    @Test
    func `the dialect's replies have the security headers`() async throws {
        for reply in [try await skytells.start(), try await skytells.poll("x"), try await skytells.projects(nil)] {
            #expect(reply["X-Content-Type-Options"] == "nosniff")
            #expect(reply["X-Frame-Options"] == "DENY")
            #expect(reply["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        }
    }

    @Test
    func `without the operator's wish the dialect is not spoken`() async throws {
        let world = try await World.open()
        #expect(try await world.send("POST", "/api/oauth/device", body: "{}").status == 404)
        #expect(try await world.get("/api/v1/cli/projects").status == 404)
        expectError(try await world.startDevice("skytells-cli"), 401, "invalid_client")
    }
}
