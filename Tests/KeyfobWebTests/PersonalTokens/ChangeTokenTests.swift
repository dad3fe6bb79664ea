import KeyfobProtocol
import KeyfobTestSupport
import Testing

struct ChangeTokenTests {
    private let world: World
    private let path = TokenWorld.portalPath

    init() async throws {
        world = try await TokenWorld.open()
    }

    @Test func `a token is revoked by its button, and by nothing before it`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken(at: path)
        let page = try await browser.get(path + "/revoke?token=" + made.id)
        expectPage(page, 200, "Revoke laptop?")
        #expect(try await world.isActive(made.secret))
        let kept = try await browser.submit(page.form(path + "/revoke"), pressing: "keep")
        #expect(kept["Location"] == path)
        #expect(try await browser.submit(page.form(path + "/revoke"))["Location"] == path)
        #expect(try await world.isActive(made.secret))
        #expect(try await browser.revokeToken(made.id, at: path)["Location"] == path)
        #expect(try await !world.isActive(made.secret))
        #expect(try await browser.get(path + "/revoke?token=" + made.id)["Location"] == path)
    }

    @Test func `a token gets another name`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken(at: path)
        var form = try await browser.get(path + "/edit?token=" + made.id).form(path + "/rename")
        #expect(form["name"] == "laptop")
        form["name"] = "desk"
        #expect(try await browser.submit(form)["Location"] == path)
        #expect(try await browser.get(path).text.contains("<bdi>desk</bdi>"))
        form["name"] = ""
        expectPage(try await browser.submit(form), 422, "desk")
        #expect(try await world.isActive(made.secret))
    }

    @Test func `a token gets a new secret, which is shown once, and the old one ends`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken(at: path)
        var form = try await browser.get(path + "/edit?token=" + made.id).form(path + "/regenerate")
        form["expires_on"] = "2023-12-31"
        let sent = try await browser.submit(form)
        let secret = try await browser.follow(sent).secret()
        #expect(secret != made.secret)
        #expect(try await !world.isActive(made.secret))
        #expect(try await world.introspect(secret).json()["exp"] == .number(1_704_067_200))
        #expect(try await browser.follow(sent)["Location"] == path)
        form["expires_on"] = "2023-02-31"
        expectPage(try await browser.submit(form), 422, "laptop")
        #expect(try await world.isActive(secret))
    }

    @Test func `where secrets stay as they are there is no form for a new one, and no way around it`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken()
        let page = try await browser.get(TokenWorld.path + "/edit?token=" + made.id)
        #expect(page.forms.map(\.action) == [TokenWorld.path + "/rename", "/sign-out"])
        var form = try page.form(TokenWorld.path + "/rename")
        form["life"] = "never"
        let reply = try await browser.post(TokenWorld.path + "/regenerate", form.pressing(nil))
        expectPage(reply, 403, "This did not work")
        #expect(try await world.isActive(made.secret))
    }

    @Test func `another person's token and another product's are not found, by any page or form`() async throws {
        var (ada, eve) = (world.adasBrowser(), try await world.evesBrowser())
        let (own, elsewhere) = (try await ada.makeToken(at: path), try await ada.makeToken())
        let evesOwn = try await eve.makeToken(at: path)
        for (id, isAda) in [(own.id, false), (elsewhere.id, true), (evesOwn.id, true), ("none", true)] {
            var browser = isAda ? ada : eve
            for page in ["/edit", "/revoke", "/secret"] {
                expectPage(try await browser.get("\(path)\(page)?token=\(id)"), 404, "This did not work")
            }
            let csrf = try await browser.get(path + "/new").form(path + "/new")["csrf"]
            for form in ["/rename", "/regenerate", "/revoke"] {
                let fields = FormFields([("csrf", csrf), ("token", id), ("name", "x"), ("decision", "revoke")])
                expectPage(try await browser.post(path + form, fields), 404, "This did not work")
            }
        }
        for secret in [own.secret, elsewhere.secret, evesOwn.secret] {
            #expect(try await world.isActive(secret))
        }
        #expect(try await !ada.get(path).text.contains("<bdi>x</bdi>"))
    }

    @Test(arguments: ["/rename", "/regenerate", "/revoke"])
    func `no form changes anything without the page's own token, or from another site`(form: String) async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken(at: path)
        let csrf = try await browser.get(path + "/new").form(path + "/new")["csrf"]
        for (sent, headers) in [(nil, [:]), ("", [:]), ("x", [:]), (csrf, ["Sec-Fetch-Site": "cross-site"])] {
            let fields = FormFields([("csrf", sent), ("token", made.id), ("name", "x"), ("decision", "revoke")])
            let reply = try await browser.post(path + form, fields, headers: headers)
            expectPage(reply, 403, "This did not work")
        }
        #expect(try await world.isActive(made.secret))
        #expect(try await browser.get(path).text.contains("<bdi>laptop</bdi>"))
    }

    @Test func `a disabled account's pages and tokens are over`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken()
        try await world.disableAccount()
        #expect(try await browser.get(TokenWorld.path).redirect().base == "/sign-in")
        #expect(try await !world.isActive(made.secret))
        let user = try await world.get("/oauth/userinfo", headers: ["Authorization": "Bearer " + made.secret])
        expectError(user, 401, "invalid_token")
    }

    @Test func `the client that a token works for revokes it by the standard endpoint, another one does not`()
        async throws
    {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken()
        let foreign = try await world.post("/oauth/revoke", [("token", made.secret), ("client_id", "bolt-cli")])
        expectError(foreign, 400, "invalid_grant")
        #expect(try await world.isActive(made.secret))
        let own = try await world.post("/oauth/revoke", [("token", made.secret), ("client_id", "acme-cli")])
        #expect(own.status == 200)
        #expect(try await !world.isActive(made.secret))
        #expect(try await browser.get(TokenWorld.path).text.contains("Revoked"))
    }
}
