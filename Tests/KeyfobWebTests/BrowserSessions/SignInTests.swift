import KeyfobServer
import KeyfobTestSupport
import Testing

struct SignInTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test
    func `the right password leads on, and the browser is signed in`() async throws {
        var browser = world.browser()
        expectPage(try await browser.get("/sign-in"), 200, "Sign in")
        let reply = try await browser.signIn()
        #expect(reply.status == 303)
        #expect(reply["Location"] == "/")
        let home = try await browser.follow(reply)
        expectPage(home, 200, "You’re signed in")
        #expect(home.text.contains("Ada Lovelace"))
    }

    @Test
    func `the name has any case`() async throws {
        var browser = world.browser()
        #expect(try await browser.signIn(username: "ADA").status == 303)
    }

    @Test
    func `a wrong password is answered with 422, the name kept and the password not`() async throws {
        var browser = world.browser()
        let page = try await browser.signIn(password: "wrong horse", at: "/sign-in?return_to=/device")
        expectPage(page, 422, "Sign in")
        #expect(page.text.contains("The username or the password is wrong."))
        let form = try page.form("/sign-in")
        #expect(form["username"] == "ada")
        #expect(form["password"] == "")
        #expect(form["return_to"] == "/device")
        #expect(browser.cookies[Browser.sessionCookie] == nil)
        #expect(!page.text.contains("wrong horse"))
    }

    @Test
    func `an unknown name and a disabled account are answered like a wrong password`() async throws {
        var browser = world.browser()
        let wrong = try await browser.signIn(password: "wrong horse")
        let unknown = try await browser.signIn(password: "wrong horse", username: "bob")
        #expect(unknown.status == 422)
        #expect(unknown.text == wrong.text.replacing("value=\"ada\"", with: "value=\"bob\""))
        try await world.disableAccount()
        let disabled = try await browser.signIn()
        #expect(disabled.status == 422)
        #expect(disabled.text == wrong.text)
    }

    @Test(arguments: ["\"><script>alert(1)</script>", "{{csrf}}", String(repeating: "a", count: 10_000)])
    func `a hostile name is text`(name: String) async throws {
        var browser = world.browser()
        let page = try await browser.signIn(username: name)
        #expect(page.status == 422)
        #expect(!page.text.contains("<script>"))
        #expect(!page.text.contains(String(repeating: "a", count: 65)))
    }

    @Test
    func `a form without the CSRF token, or with another's, signs nobody in`() async throws {
        var other = world.browser()
        let foreign = try await other.get("/sign-in").form("/sign-in")["csrf"]
        var browser = world.browser()
        var form = try await browser.get("/sign-in").form("/sign-in")
        form["username"] = "ada"
        form["password"] = FirstDay.password
        for wrong in [nil, "", "x", foreign] {
            form["csrf"] = wrong
            let reply = try await browser.submit(form)
            expectPage(reply, 403, "This did not work")
            #expect(reply["Set-Cookie"] == nil)
        }
    }

    @Test
    func `a form without the cookie of its visit signs nobody in`() async throws {
        var browser = world.browser()
        var form = try await browser.get("/sign-in").form("/sign-in")
        form["username"] = "ada"
        form["password"] = FirstDay.password
        var bare = world.browser()
        #expect(try await bare.submit(form).status == 403)
    }

    @Test
    func `too many wrong passwords are answered with 429 until the window is over`() async throws {
        var policy = Policy()
        policy.signInAttempts = 2
        let world = try await World.open(policy: policy)
        var browser = world.browser()
        for _ in 0..<2 {
            #expect(try await browser.signIn(password: "wrong horse").status == 422)
        }
        let refused = try await browser.signIn()
        expectPage(refused, 429, "Too many attempts")
        #expect(refused["Retry-After"] == "900")
        #expect(refused["Set-Cookie"] == nil)
        world.clock.advance(by: 899)
        let late = try await browser.signIn()
        #expect(late["Retry-After"] == "1")
        #expect(late.text.contains("Wait a minute") || late.text.contains("Wait 1 minute,"))
        world.clock.advance(by: 1)
        #expect(try await browser.signIn().status == 303)
    }

    @Test
    func `a sign-in ends after twelve hours`() async throws {
        var browser = world.adasBrowser()
        world.clock.advance(by: 12 * 3_600 - 1)
        #expect(try await browser.get("/device").status == 200)
        world.clock.advance(by: 1)
        #expect(try await browser.get("/device").redirect().base == "/sign-in")
    }

    @Test
    func `a disabled account is signed out at once`() async throws {
        var browser = world.adasBrowser()
        try await world.disableAccount()
        #expect(try await browser.get("/device").redirect().base == "/sign-in")
    }
}
