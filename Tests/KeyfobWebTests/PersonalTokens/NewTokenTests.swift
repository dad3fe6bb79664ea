import KeyfobProtocol
import KeyfobTestSupport
import Testing

struct NewTokenTests {
    private let world: World

    init() async throws {
        world = try await TokenWorld.open()
    }

    private func tokenCount(_ path: String = TokenWorld.path) async throws -> Int {
        var browser = world.adasBrowser()
        return HTMLOutline(try await browser.get(path).text).all("h2").count
    }

    @Test func `the form has the standard scopes chosen, says what each allows, and suggests a life`() async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get(TokenWorld.path + "/new")
        expectPage(page, 200, "New token")
        let form = try page.form(TokenWorld.path + "/new")
        #expect(form.fields.filter { $0.name == "scope" }.map(\.value) == ["openid", "profile"])
        #expect(form["life"] == "30")
        #expect(page.text.contains("Read runs &amp; &lt;logs&gt;"))
        #expect(page.text.contains("Know who you are"))
        let portal = try await browser.get(TokenWorld.portalPath + "/new")
        #expect(!portal.text.contains("checkbox") && !portal.text.contains("<select"))
        #expect(portal.text.contains("Token Name") && portal.text.contains("Expired date"))
    }

    @Test func `the secret is shown once, in a field to copy it from, and works`() async throws {
        var browser = world.adasBrowser()
        let sent = try await browser.sendNewToken()
        #expect(sent.status == 303)
        let address = try sent["Location"].orFail()
        let page = try await browser.get(address)
        expectPage(page, 200, "Token created")
        let secret = try page.secret()
        #expect(TokenFormat(prefix: "acme_", alphabet: .hexadecimal, length: 64, hasChecksum: false).accepts(secret))
        #expect(page.text.contains("readonly"))
        #expect(page["Cache-Control"] == "no-store")
        #expect(!address.contains(secret) && !sent.text.contains(secret))
        #expect(page.all("Set-Cookie").allSatisfy { !$0.contains(secret) })
        let again = try await browser.get(address)
        #expect(again.status == 303)
        #expect(again["Location"] == TokenWorld.path)
        let user = try await world.get("/oauth/userinfo", headers: ["Authorization": "Bearer " + secret])
        #expect(user.status == 200)
        #expect(try user.text("sub") == world.day.account)
    }

    @Test func `a product's own words are on the page with the secret`() async throws {
        var browser = world.adasBrowser()
        let sent = try await browser.sendNewToken(at: TokenWorld.portalPath)
        let page = try await browser.follow(sent)
        expectPage(page, 200, "Token has been successfully created")
        #expect(page.text.contains("Secret API Key"))
    }

    @Test func `a look at the headers alone does not use up the one time`() async throws {
        var browser = world.adasBrowser()
        let address = try await browser.sendNewToken()["Location"].orFail()
        let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let head = try await world.send("HEAD", address, headers: ["Cookie": cookie])
        #expect(head.status == 303)
        #expect(try await browser.get(address).secret().hasPrefix("acme_"))
    }

    @Test func `the secret waits for the browser that asked, and for no other`() async throws {
        var (first, second, eve) = (world.adasBrowser(), world.adasBrowser(1), try await world.evesBrowser())
        let address = try await first.sendNewToken()["Location"].orFail()
        #expect(try await second.get(address)["Location"] == TokenWorld.path)
        #expect(try await eve.get(address).status == 404)
        var stranger = world.browser()
        #expect(try await stranger.get(address).redirect().base == "/sign-in")
        #expect(try await first.get(address).secret().hasPrefix("acme_"))
    }

    @Test func `the chosen scopes are what the token allows`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken(["scope": "runs.read"])
        #expect(try await world.introspect(made.secret).json()["scope"] == "runs.read")
        var form = try await browser.get(TokenWorld.path + "/new").form(TokenWorld.path + "/new")
        form["name"] = "more"
        form.add("scope", "runs.read")
        let more = try await browser.follow(try await browser.submit(form)).secret()
        #expect(try await world.introspect(more).json()["scope"] == "openid profile runs.read")
    }

    @Test(arguments: ["email", "admin", "openid profile", "\"", "runs.read\u{1}"])
    func `a scope that the form does not offer is refused`(scope: String) async throws {
        var browser = world.adasBrowser()
        expectPage(try await browser.sendNewToken(["scope": scope]), 422, "New token")
        #expect(try await tokenCount() == 0)
    }

    @Test func `without a scope or a name the form comes back as it was sent`() async throws {
        var browser = world.adasBrowser()
        let noScope = try await browser.sendNewToken(name: "kept & <safe>", ["scope": nil, "life": "7"])
        expectPage(noScope, 422, "New token")
        let form = try noScope.form(TokenWorld.path + "/new")
        #expect(form["name"] == "kept & <safe>")
        #expect(form["scope"] == nil)
        #expect(form["life"] == "7")
        #expect(noScope.text.contains("Choose at least one scope"))
        expectPage(try await browser.sendNewToken(name: " "), 422, "New token")
        #expect(try await tokenCount() == 0)
    }

    @Test(arguments: [
        ("30", 30 * 86_400), ("7", 7 * 86_400), ("never", nil),
    ])
    func `a token lives as long as was chosen`(choice: String, seconds: Int?) async throws {
        var browser = world.adasBrowser()
        let secret = try await browser.makeToken(["life": choice]).secret
        let expiry = try await world.introspect(secret).json()["exp"]
        #expect(expiry == seconds.map { .number(world.clock.seconds + $0) })
    }

    @Test(arguments: ["", "365", "date", "30 ", "-1", "0", "9999999999999999999"])
    func `a life that is not offered is refused`(choice: String) async throws {
        var browser = world.adasBrowser()
        let reply = try await browser.sendNewToken(["life": choice, "expires_on": "2024-01-01"])
        expectPage(reply, 422, "New token")
        #expect(try await tokenCount() == 0)
    }

    /// The clock stands at 2023-11-14 22:13:20.
    @Test(arguments: [("2023-11-14", 1_700_006_400), ("2024-02-29", 1_709_251_200), ("", nil)])
    func `a token works through the day that was named, or for ever without one`(day: String, end: Int?) async throws {
        var browser = world.adasBrowser()
        let secret = try await browser.makeToken(at: TokenWorld.portalPath, ["expires_on": day]).secret
        #expect(try await world.introspect(secret).json()["exp"] == end.map { .number($0) })
    }

    @Test(arguments: [
        "2023-11-13", "2023-02-29", "2024-02-30", "2024-13-01", "2024-1-1", "tomorrow", "2024-01-01T00:00:00Z",
        "9999-12-31", "\u{0662}024-01-01",
    ])
    func `a day that is over, too far away or none is refused`(day: String) async throws {
        var browser = world.adasBrowser()
        let reply = try await browser.sendNewToken(at: TokenWorld.portalPath, ["expires_on": day])
        expectPage(reply, 422, "New Token")
        #expect(try await tokenCount(TokenWorld.portalPath) == 0)
    }

    @Test(arguments: [nil, "", "0000000000000000000000000000000000000000000"])
    func `without the page's own token the form makes nothing`(csrf: String?) async throws {
        var browser = world.adasBrowser()
        expectPage(try await browser.sendNewToken(["csrf": csrf]), 403, "This did not work")
        var form = try await browser.get(TokenWorld.path + "/new").form(TokenWorld.path + "/new")
        form["name"] = "foreign"
        let foreign = try await browser.submit(form, headers: ["Sec-Fetch-Site": "cross-site"])
        expectPage(foreign, 403, "This did not work")
        #expect(try await tokenCount() == 0)
    }

    @Test func `another browser's form makes nothing here, and a link makes nothing at all`() async throws {
        var (first, second) = (world.adasBrowser(), world.adasBrowser(1))
        var form = try await first.get(TokenWorld.path + "/new").form(TokenWorld.path + "/new")
        form["name"] = "laptop"
        _ = try await second.get(TokenWorld.path)
        expectPage(try await second.submit(form), 403, "This did not work")
        let query = try form.pressing(nil).encoded
        _ = try await first.get(TokenWorld.path + "/new?" + query)
        #expect(try await tokenCount() == 0)
    }

    @Test func `who was signed out meanwhile makes nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(TokenWorld.path + "/new").form(TokenWorld.path + "/new")
        form["name"] = "laptop"
        browser.cookies[Browser.sessionCookie] = nil
        #expect(try await browser.submit(form).redirect().base == "/sign-in")
        #expect(try await tokenCount() == 0)
    }
}
