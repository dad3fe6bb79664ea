import KeyfobProtocol
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// What a person sees on a front, and what the browser keeps there.
struct FrontPagesTests {
    private let world: World

    init() async throws {
        world = try await FrontWorld.open()
    }

    @Test
    func `every page on a front wears its brand`() async throws {
        let console = world.at(FrontWorld.console)
        let brand = try Brand(name: "Orchard", accent: "#b03a2e")
        let style = StyleSheet.path(brand: brand)
        let icon = BrandIcon.path(brand: brand)
        var stranger = console.browser()
        for path in ["/", "/sign-in", "/nowhere", "/authorize"] {
            let reply = try await stranger.get(path, headers: ["Accept": "text/html"])
            #expect(reply.text.contains("Orchard") && !reply.text.contains("Keyfob"), "\(path)")
            #expect(reply.text.contains(style) && reply.text.contains(icon), "\(path)")
        }
        var ada = console.adasBrowser()
        for path in ["/", "/device", "/device?user_code=WDJB-MJHX", "/device/approve?request=x", World.authorize()] {
            let reply = try await ada.get(path)
            #expect(reply.text.contains(style) && !reply.text.contains("Keyfob"), "\(path)")
        }
        #expect(try await console.get(style).text == StyleSheet.text(brand: brand))
        #expect(try await console.get(icon).text == BrandIcon.text(brand: brand))
        #expect(try await console.get("/favicon.ico").text == BrandIcon.text(brand: brand))
    }

    @Test
    func `on the server's own front a client's pages wear its dialect's brand`() async throws {
        var ada = world.adasBrowser()
        let reply = try await ada.get(World.authorize(["client_id": "orchard-cli"]))
        #expect(reply.text.contains(StyleSheet.path(brand: try Brand(name: "Orchard", accent: "#b03a2e"))))
    }

    @Test
    func `cookies are prefixed and secure by the scheme of the front that sets them`() async throws {
        let secure = try await world.at(FrontWorld.console).get("/sign-in")["Set-Cookie"].orFail()
        #expect(secure.hasPrefix("__Host-keyfob-visit=") && secure.hasSuffix("; Secure"))
        let plain = try await world.at(FrontWorld.harbour).get("/sign-in")["Set-Cookie"].orFail()
        #expect(plain.hasPrefix("keyfob-visit=") && !plain.contains("Secure"))
        for reply in [secure, plain] { #expect(!reply.contains("Domain")) }
        #expect(try await world.at(FrontWorld.console).get("/")["Strict-Transport-Security"] != nil)
        #expect(try await world.at(FrontWorld.harbour).get("/")["Strict-Transport-Security"] == nil)
    }

    @Test
    func `a cookie without the prefix signs nobody in where there is https`() async throws {
        var browser = world.at(FrontWorld.console).browser()
        browser.cookies["keyfob-session"] = world.day.browsers[0]
        #expect(try await browser.get("/").heading == "Welcome to Orchard")
        browser.cookies[Browser.sessionCookie] = world.day.browsers[0]
        #expect(try await browser.get("/").heading == "You’re signed in")
    }

    @Test
    func `a form of one front is of no use at another`() async throws {
        var console = world.at(FrontWorld.console).adasBrowser()
        var api = world.at(FrontWorld.api).adasBrowser()
        var form = try await console.get("/device").form("/device")
        _ = try await api.get("/device")
        form["user_code"] = try await world.startDevice("orchard-cli").text("user_code")
        // What a hostile page on the other host could send, with the browser's own cookies of this host.
        #expect(try await api.submit(form, headers: ["Sec-Fetch-Site": "same-site"]).status == 403)
        #expect(try await api.submit(form).status == 403)
        #expect(try await console.submit(form).status == 303)
    }

    @Test(arguments: [
        (FrontWorld.console, 303), ("https://console.orchard.example:443", 303), (FrontWorld.api, 403),
        (World.issuer, 403), ("http://console.orchard.example", 403), ("null", 403), ("", 403),
        ("https://console.orchard.example.evil.example", 403), ("https://console.orchard.example:8443", 403),
    ])
    func `without Sec-Fetch-Site the origin must be the front's`(origin: String, status: Int) async throws {
        var browser = world.at(FrontWorld.console).adasBrowser()
        var form = try await browser.get("/device").form("/device")
        form["user_code"] = try await world.startDevice("orchard-cli").text("user_code")
        #expect(try await browser.submit(form, headers: ["Origin": origin]).status == status)
    }

    @Test
    func `signing in on a front comes back to the page that asked for it`() async throws {
        var browser = world.at(FrontWorld.console).browser()
        let asked = try await browser.get("/device?user_code=WDJB-MJHX")
        let path = try asked["Location"].orFail()
        #expect(path == "/sign-in?" + FormFields([("return_to", "/device?user_code=WDJB-MJHX")]).encoded)
        #expect(try await browser.signIn(at: path)["Location"] == "/device?user_code=WDJB-MJHX")
    }
}
