import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// The code that the terminal shows beside the link: without it, the link leads nowhere.
struct LinkCodeTests {
    private let link: LinkWorld
    private let world: World
    private let started: AuthorizationServer.StartedBrowserRequest
    private let code: String

    init() async throws {
        link = try await LinkWorld()
        world = link.world
        started = try await link.start(code: true)
        code = try started.code.orFail().display
    }

    @Test
    func `the code is typed before anything is shown, and is shown again beside who asks`() async throws {
        var browser = world.adasBrowser()
        let first = try await browser.get(LinkWorld.link(started.id))
        expectPage(first, 200, "Enter your code")
        #expect(!first.text.contains(code))
        #expect(!first.text.contains("192.0.2.7"))
        var form = try first.form(LinkWorld.link(started.id))
        form["user_code"] = code.lowercased().replacing("-", with: " ")
        let page = try await browser.follow(browser.submit(form))
        expectPage(page, 200, "Linker wants to access your account")
        #expect(page.text.contains(code))
        let reply = try await browser.submit(page.form("/cli/confirm/approve"), pressing: "approve")
        expectPage(try await browser.follow(reply), 200, "You’re signed in")
        guard case .approved = try await link.poll(started) else { return #expect(Bool(false), "not approved") }
    }

    @Test(arguments: ["WDJB-MJHX", "x", "", "<script>alert(1)</script>"])
    func `a wrong code is answered with 422 and the page once more`(typed: String) async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(LinkWorld.link(started.id)).form(LinkWorld.link(started.id))
        form["user_code"] = typed
        let page = try await browser.submit(form)
        expectPage(page, 422, "Enter your code")
        #expect(page.text.contains("That is not the code of this request."))
        #expect(!page.text.contains("<script>"))
    }

    @Test
    func `the form for requests without a code does not get around it`() async throws {
        let codeless = try await link.start()
        var browser = world.adasBrowser()
        var form = try await browser.approvalForm(of: codeless)
        form["requestId"] = started.id
        expectPage(try await browser.submit(form, pressing: "approve"), 400, "This request is over")
        form["requestId"] = nil
        form["request"] = TokenFormat.hash(started.id)
        expectPage(try await browser.submit(form, pressing: "approve"), 400, "This request is over")
        #expect(try await link.poll(started) == .pending)
    }

    @Test
    func `the page that says what was decided says nothing before`() async throws {
        var browser = world.adasBrowser()
        let name = try await browser.approvalForm(of: started)["request"].orFail()
        let done = "/cli/confirm/done?request=" + name
        let reply = try await browser.get(done)
        #expect(reply["Location"] == "/cli/confirm/approve?request=" + name)
        world.clock.advance(by: 600)
        expectPage(try await browser.get(done), 410, "This request has expired")
    }

    @Test
    func `another session that knows link and name, and not the code, cannot decide`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.approvalForm(of: started)
        let name = try form["request"].orFail()
        var other = world.adasBrowser(1)
        expectPage(try await other.get("/cli/confirm/approve?request=" + name), 400, "This request is over")
        form["csrf"] = try await other.get(LinkWorld.link(started.id)).form(LinkWorld.link(started.id))["csrf"]
        expectPage(try await other.submit(form, pressing: "approve"), 400, "This request is over")
        #expect(try await link.poll(started) == .pending)
    }

    @Test
    func `a typed code without the CSRF token claims nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(LinkWorld.link(started.id)).form(LinkWorld.link(started.id))
        form["user_code"] = code
        form["csrf"] = "x"
        #expect(try await browser.submit(form).status == 403)
        let name = TokenFormat.hash(started.id)
        expectPage(try await browser.get("/cli/confirm/approve?request=" + name), 400, "This request is over")
    }

    @Test
    func `a code for a request without one leads to its page`() async throws {
        let codeless = try await link.start()
        var browser = world.adasBrowser()
        var form = try await browser.get(LinkWorld.link(started.id)).form(LinkWorld.link(started.id))
        form["user_code"] = code
        let reply = try await browser.post(LinkWorld.link(codeless.id), form.pressing(nil))
        #expect(reply["Location"] == LinkWorld.link(codeless.id))
    }
}
