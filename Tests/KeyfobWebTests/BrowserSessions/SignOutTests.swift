import Testing

struct SignOutTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test
    func `signing out ends the session here and on the server`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get("/").form("/sign-out")
        let copy = browser
        let page = try await browser.submit(form)
        expectPage(page, 200, "You’re signed out")
        #expect(
            page["Set-Cookie"]
                == "__Host-keyfob-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
        )
        #expect(browser.cookies[Browser.sessionCookie] == nil)
        var stolen = copy
        #expect(try await stolen.get("/").heading == "Welcome to Keyfob")
    }

    @Test
    func `the other browser stays signed in`() async throws {
        var browser = world.adasBrowser()
        var other = world.adasBrowser(1)
        _ = try await browser.submit(browser.get("/").form("/sign-out"))
        #expect(try await other.get("/").heading == "You’re signed in")
    }

    @Test
    func `nobody is signed out by GET, without the CSRF token, or from another site`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get("/").form("/sign-out")
        #expect(try await browser.get("/sign-out").status == 404)
        for site in ["cross-site", "same-site"] {
            #expect(try await browser.submit(form, headers: ["Sec-Fetch-Site": site]).status == 403)
        }
        for wrong in [nil, "", "x"] {
            form["csrf"] = wrong
            #expect(try await browser.submit(form).status == 403)
        }
        #expect(try await browser.get("/").heading == "You’re signed in")
    }

    @Test
    func `signing out twice is no error`() async throws {
        var browser = world.adasBrowser()
        var again = try await browser.get("/").form("/sign-out")
        _ = try await browser.submit(again)
        again["csrf"] = try await browser.get("/sign-in").form("/sign-in")["csrf"]
        expectPage(try await browser.submit(again), 200, "You’re signed out")
    }

    @Test
    func `sessions of devices outlive the browser's`() async throws {
        let token = try await world.signIn().text("access_token")
        var browser = world.adasBrowser()
        _ = try await browser.submit(browser.get("/").form("/sign-out"))
        #expect(try await world.isActive(token))
    }
}
