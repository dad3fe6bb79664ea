import KeyfobProtocol
import KeyfobTestSupport
import Testing

struct TokenListTests {
    private let world: World

    init() async throws {
        world = try await TokenWorld.open(maximumActive: 3)
    }

    @Test(arguments: ["", "/new", "/edit?token=abc", "/revoke?token=abc"])
    func `a stranger signs in first, and comes back to the page`(page: String) async throws {
        var browser = world.browser()
        let reply = try await browser.get(TokenWorld.path + page)
        #expect(reply.status == 303)
        #expect(try reply.redirect().base == "/sign-in")
        #expect(try reply.redirect()["return_to"] == TokenWorld.path + page)
        let signedIn = try await browser.signIn(at: reply["Location"].orFail())
        #expect(signedIn["Location"] == TokenWorld.path + page)
    }

    @Test func `an empty list says so, in the product's name`() async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get(TokenWorld.path)
        expectPage(page, 200, "Personal access tokens")
        #expect(page.text.contains("There is no token yet."))
        #expect(page.text.contains("<bdi class=\"brand-name\">Acme</bdi>"))
        #expect(page.text.contains("href=\"/settings/tokens/new\""))
        let portal = try await browser.get(TokenWorld.portalPath)
        expectPage(portal, 200, "Token")
        #expect(portal.text.contains("Profile › API"))
    }

    @Test func `a token is told by its name and the start of its secret, which is not shown again`() async throws {
        var browser = world.adasBrowser()
        let made = try await browser.makeToken()
        let page = try await browser.get(TokenWorld.path)
        for text in ["laptop", made.secret.prefix(11) + "…", "2023-11-14", "2023-12-14", "Never", "Active"] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(page.text.contains("openid profile"))
        #expect(!page.text.contains(made.secret.prefix(12)))
        #expect(try await world.isActive(made.secret))
        world.clock.advance(by: 300)
        #expect(try await browser.get(TokenWorld.path).text.contains("5 minutes ago"))
    }

    @Test func `expired and revoked tokens are said to be, and have nothing to press`() async throws {
        var browser = world.adasBrowser()
        let first = try await browser.makeToken(name: "first", ["life": "7"])
        _ = try await browser.revokeToken(first.id)
        let revoked = try await browser.get(TokenWorld.path)
        #expect(revoked.text.contains("Revoked"))
        #expect(!revoked.text.contains(first.id))
        let second = try await browser.makeToken(name: "second", ["life": "7"])
        world.clock.advance(by: 7 * 86_400)
        _ = try await browser.signIn()
        let page = try await browser.get(TokenWorld.path)
        #expect(page.text.contains("Expired"))
        #expect(!page.text.contains("revoke?token=" + second.id))
        #expect(!page.text.contains("Active<"))
    }

    @Test func `whoever has as many as can be had is told so, and is not offered the form`() async throws {
        var browser = world.adasBrowser()
        for _ in 0..<3 {
            _ = try await browser.makeToken()
        }
        let page = try await browser.get(TokenWorld.path)
        #expect(page.text.contains("3 active tokens are all that you can have."))
        #expect(!page.text.contains("href=\"/settings/tokens/new\""))
        let reply = try await browser.sendNewToken()
        expectPage(reply, 422, "New token")
        #expect(reply.text.contains("There can be 3 active tokens at a time"))
    }

    @Test func `nobody sees another person's tokens`() async throws {
        var (ada, eve) = (world.adasBrowser(), try await world.evesBrowser())
        let made = try await ada.makeToken(name: "ada's own")
        let page = try await eve.get(TokenWorld.path)
        #expect(page.text.contains("There is no token yet."))
        #expect(!page.text.contains(made.id))
    }

    @Test func `one product's page does not show another product's tokens`() async throws {
        var browser = world.adasBrowser()
        _ = try await browser.makeToken(name: "for acme")
        #expect(try await !browser.get(TokenWorld.portalPath).text.contains("for acme"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</bdi></h2><b>x", "{{csrf}}{{> layout}}",
    ])
    func `a token's name is text on every page that shows it`(hostile: String) async throws {
        var browser = world.adasBrowser()
        let sent = try await browser.sendNewToken(at: TokenWorld.portalPath, name: hostile)
        let id = try sent.redirect()["token"].orFail()
        let harmless = try await browser.sendNewToken(at: TokenWorld.portalPath, name: "harmless")
        let harmlessPage = try await browser.follow(harmless)
        let secretPage = try await browser.follow(sent)
        #expect(HTMLOutline(secretPage.text).tags.map(\.name) == HTMLOutline(harmlessPage.text).tags.map(\.name))
        for page in ["", "/edit?token=" + id, "/revoke?token=" + id] {
            let text = try await browser.get(TokenWorld.portalPath + page).text
            #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("<b>"), "\(page)")
            #expect(text.contains("{{csrf}}") == hostile.contains("{{csrf}}"), "\(page)")
        }
    }

    @Test func `the start page leads to the tokens of each product`() async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get("/")
        #expect(page.text.contains("href=\"/settings/tokens\"><bdi>Acme: Personal access tokens</bdi>"))
        #expect(page.text.contains("href=\"/portal/api\"><bdi>Bolt: Token</bdi>"))
        var stranger = world.browser()
        #expect(try await !stranger.get("/").text.contains("/settings/tokens"))
    }
}
