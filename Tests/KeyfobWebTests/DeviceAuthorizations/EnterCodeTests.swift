import KeyfobServer
import KeyfobTestSupport
import Testing

/// The page on which a person enters the code (RFC 8628 sections 3.3, 3.3.1 and 5.1).
struct EnterCodeTests {
    private let world: World
    private let code: String

    init() async throws {
        world = try await World.open()
        code = try await world.startDevice().text("user_code")
    }

    @Test(arguments: ["/device", "/device?user_code=WDJB-MJHX", "/device/approve?request=x"])
    func `who is not signed in signs in first, and comes back`(path: String) async throws {
        var browser = world.browser()
        let reply = try await browser.get(path)
        #expect(reply.status == 303)
        let signIn = try reply.redirect()
        #expect(signIn.base == "/sign-in")
        #expect(signIn["return_to"] == path)
        let done = try await browser.signIn(at: reply["Location"].orFail())
        #expect(done["Location"] == path)
    }

    @Test
    func `a person types the code and is asked to decide`() async throws {
        var browser = world.adasBrowser()
        expectPage(try await browser.get("/device"), 200, "Enter your code")
        let entered = try await browser.enter(code)
        #expect(entered.status == 303)
        #expect(try entered.redirect().base == "/device/approve")
        expectPage(try await browser.follow(entered), 200, "Tool wants to access your account")
    }

    @Test
    func `a code is known in any case, with spaces or without its hyphen`() async throws {
        for typed in [code.lowercased(), code.replacing("-", with: ""), " " + code.replacing("-", with: " ")] {
            var browser = world.adasBrowser()
            #expect(try await browser.enter(typed).status == 303)
        }
    }

    @Test
    func `a link with a code asks whether the terminal shows it, and decides nothing`() async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get("/device?user_code=" + code)
        expectPage(page, 200, "Does your terminal show this code?")
        #expect(page.text.contains(code))
        let form = try page.form("/device")
        #expect(form["user_code"] == code)
        #expect(form.buttons.map(\.value) == ["cancel", "continue"])
        // The link alone took the request away from nobody.
        var first = world.adasBrowser(1)
        let entered = try await first.enter(code)
        _ = try await browser.get("/device?user_code=" + code)
        expectPage(try await first.follow(entered), 200, "Tool wants to access your account")
        expectPage(
            try await browser.follow(browser.submit(form, pressing: "continue")), 200,
            "Tool wants to access your account"
        )
    }

    @Test
    func `a link's code can be turned down`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get("/device?user_code=" + code).form("/device")
        let reply = try await browser.submit(form, pressing: "cancel")
        #expect(reply.status == 303)
        #expect(reply["Location"] == "/device")
    }

    @Test(arguments: ["%3Cscript%3E", "x", "", "BCDF-GHJ%E2%80%AE", "BCDF&user_code=GHJK%"])
    func `a link with something else than a code never shows it`(text: String) async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get("/device?user_code=" + text)
        #expect([200, 400].contains(page.status))
        #expect(page.heading != "Does your terminal show this code?")
        #expect(!page.text.contains("<script>"))
    }

    @Test(arguments: ["WDJB-MJHX", "x", "", "<script>alert(1)</script>", "' OR 1=1 --"])
    func `a wrong code is answered with 422 and the page once more`(typed: String) async throws {
        var browser = world.adasBrowser()
        let page = try await browser.enter(typed)
        expectPage(page, 422, "Enter your code")
        #expect(page.text.contains("That code is not known, has expired, or was used."))
        #expect(try page.form("/device")["user_code"] == typed)
        #expect(!page.text.contains("<script>"))
    }

    @Test
    func `an expired code, a decided one and an unknown one are answered alike`() async throws {
        let decided = try await world.startDevice().text("user_code")
        _ = try await world.decide(decided)
        var browser = world.adasBrowser()
        #expect(try await browser.enter(decided).status == 422)
        world.clock.advance(by: 900)
        #expect(try await browser.enter(code).status == 422)
    }

    @Test
    func `too many wrong codes are answered with 429 until the window is over`() async throws {
        var policy = Policy()
        policy.userCodeAttempts = 3
        let world = try await World.open(policy: policy)
        let started = try await world.startDevice()
        var browser = world.adasBrowser()
        for _ in 0..<3 {
            #expect(try await browser.enter("WDJB-MJHX").status == 422)
        }
        let refused = try await browser.enter(started.text("user_code"))
        expectPage(refused, 429, "Too many attempts")
        #expect(refused["Retry-After"] == "900")
        // Somebody else behind the same address is not kept out.
        var other = world.adasBrowser(1)
        #expect(try await other.enter(started.text("user_code")).status == 303)
        world.clock.advance(by: 900)
        #expect(try await browser.enter(world.startDevice().text("user_code")).status == 303)
    }

    @Test
    func `a form without the CSRF token, or with another's, enters nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get("/device").form("/device")
        form["user_code"] = code
        let own = form["csrf"]
        for wrong in [nil, "", "x", try await Self.csrf(of: world.adasBrowser(1))] {
            form["csrf"] = wrong
            #expect(try await browser.submit(form).status == 403)
        }
        form["csrf"] = own
        #expect(try await browser.submit(form).status == 303)
    }

    private static func csrf(of other: Browser) async throws -> String? {
        var other = other
        return try await other.get("/device").form("/device")["csrf"]
    }
}
