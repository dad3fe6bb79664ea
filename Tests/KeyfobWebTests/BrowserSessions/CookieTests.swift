import Testing

struct CookieTests {
    private func cookies(_ reply: Reply) -> [String: Set<String>] {
        let all = reply.all("Set-Cookie").map { text in
            text.split(separator: ";").map { String($0.trimmingPrefix(" ")) }
        }
        return Dictionary(
            all.map { (String($0[0].prefix { $0 != "=" }), Set($0.dropFirst())) }, uniquingKeysWith: { $0.union($1) }
        )
    }

    @Test
    func `with https cookies are bound to the host, hidden from scripts, and sent on secure connections only`()
        async throws
    {
        let world = try await World.open()
        var browser = world.browser()
        let flags: Set = ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]
        #expect(try await cookies(browser.get("/sign-in")) == ["__Host-keyfob-visit": flags])
        #expect(
            try await cookies(browser.signIn()) == ["__Host-keyfob-visit": flags, "__Host-keyfob-session": flags]
        )
    }

    @Test
    func `with http, as in a trial on one machine, they are neither Secure nor prefixed`() async throws {
        let world = try await World.open(issuer: "http://127.0.0.1:8080")
        var browser = world.browser()
        let flags: Set = ["Path=/", "HttpOnly", "SameSite=Lax"]
        let reply = try await browser.signIn()
        #expect(cookies(reply) == ["keyfob-visit": flags, "keyfob-session": flags])
        #expect(try await browser.get("/").heading == "You’re signed in")
    }

    @Test
    func `a visit's cookie is set once`() async throws {
        let world = try await World.open()
        var browser = world.browser()
        #expect(try await browser.get("/sign-in")["Set-Cookie"] != nil)
        #expect(try await browser.get("/sign-in")["Set-Cookie"] == nil)
    }

    @Test
    func `signing in changes both cookies, so that nobody can choose them before`() async throws {
        let world = try await World.open()
        var browser = world.browser()
        _ = try await browser.get("/sign-in")
        browser.cookies[Browser.sessionCookie] = "kfb_chosen"
        let before = browser.cookies
        #expect(try await browser.signIn().status == 303)
        #expect(before.count == 2)
        for (name, value) in before {
            #expect(browser.cookies[name] != nil && browser.cookies[name] != value)
        }
    }

    @Test
    func `a form from before the sign-in is of no use after it`() async throws {
        let world = try await World.open()
        var browser = world.browser()
        var stale = try await browser.get("/sign-in").form("/sign-in")
        _ = try await browser.signIn()
        stale["username"] = "ada"
        stale["password"] = FirstDay.password
        #expect(try await browser.submit(stale).status == 403)
    }

    @Test
    func `a second sign-in does not sign in the first one's cookie`() async throws {
        let world = try await World.open()
        var first = world.browser()
        _ = try await first.signIn()
        var second = world.browser()
        _ = try await second.signIn()
        #expect(first.cookies[Browser.sessionCookie] != second.cookies[Browser.sessionCookie])
    }

    @Test(arguments: ["", "x", "kfb_x", "kfb_00000000000000000000000000000000000000000000000000", "\u{E9}"])
    func `a session cookie of another's making signs nobody in`(value: String) async throws {
        let world = try await World.open()
        var browser = world.browser()
        browser.cookies[Browser.sessionCookie] = value
        #expect(try await browser.get("/").heading == "Welcome to Keyfob")
    }

    @Test
    func `with https a cookie without the prefix counts for nothing`() async throws {
        let world = try await World.open()
        var browser = world.browser()
        browser.cookies["keyfob-session"] = world.day.browsers[0]
        #expect(try await browser.get("/").heading == "Welcome to Keyfob")
    }
}
