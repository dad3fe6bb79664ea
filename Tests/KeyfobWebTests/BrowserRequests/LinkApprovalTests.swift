import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The person's decision about a link: deliberate, by POST, by a signed-in session.
struct LinkApprovalTests {
    private let link: LinkWorld
    private let world: World
    private let started: AuthorizationServer.StartedBrowserRequest

    init() async throws {
        link = try await LinkWorld()
        world = link.world
        started = try await link.start()
    }

    @Test
    func `the link that the terminal shows is the page's`() {
        #expect(
            LinkWorld.facts.address(of: started.id, at: "https://app.example.com")
                == "https://app.example.com/cli/confirm?requestId=" + started.id
        )
    }

    @Test
    func `who is not signed in signs in first, under the product's name, and comes back with the id`() async throws {
        var browser = world.browser()
        let path = LinkWorld.link(started.id)
        let reply = try await browser.get(path)
        #expect(reply.status == 303)
        #expect(try reply.redirect().base == "/sign-in")
        #expect(try reply.redirect()["return_to"] == path)
        #expect(try await browser.follow(reply).text.contains("to continue to Linker"))
        let done = try await browser.signIn(at: reply["Location"].orFail())
        #expect(done["Location"] == path)
        expectPage(try await browser.follow(done), 200, "Linker wants to access your account")
    }

    @Test
    func `approving signs the program in, once`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        let reply = try await browser.submit(form, pressing: "approve")
        #expect(reply.status == 303)
        #expect(try reply.redirect().base == "/cli/confirm/done")
        // The id, with which the program may poll, is in no further address.
        #expect(reply["Location"]?.contains(started.id) == false)
        expectPage(try await browser.follow(reply), 200, "You’re signed in")
        guard case .approved = try await link.poll(started) else { return #expect(Bool(false), "not approved") }
        #expect(try await link.poll(started) == .unknown)
        expectPage(try await browser.follow(reply), 200, "You’re signed in")
    }

    @Test
    func `denying gives the program nothing`() async throws {
        var browser = world.adasBrowser()
        let reply = try await browser.submit(browser.approvalForm(of: started), pressing: "deny")
        expectPage(try await browser.follow(reply), 200, "Request denied")
        #expect(try await link.poll(started) == .denied)
    }

    @Test
    func `nothing is approved or claimed by GET`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        let query = try form.pressing("approve").encoded
        for path in ["/cli/confirm?", "/cli/confirm/approve?", "/cli/confirm/done?"] {
            _ = try await browser.get(path + query)
        }
        #expect(try await link.poll(started) == .pending)
        // Another session had the link before and still may decide.
        var other = world.adasBrowser(1)
        let others = try await other.approvalForm(of: started)
        _ = try await browser.approvalForm(of: started)
        #expect(try await other.submit(others, pressing: "approve").status == 303)
    }

    @Test
    func `a form without the CSRF token, or a pressed button, or from another site, approves nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.approvalForm(of: started)
        #expect(try await browser.submit(form).status == 400)
        let foreign = ["Sec-Fetch-Site": "cross-site"]
        #expect(try await browser.submit(form, pressing: "approve", headers: foreign).status == 403)
        var other = world.adasBrowser(1)
        for wrong in [nil, "", "x", try await other.approvalForm(of: started)["csrf"]] {
            form["csrf"] = wrong
            #expect(try await browser.submit(form, pressing: "approve").status == 403)
        }
        #expect(try await link.poll(started) == .pending)
    }

    @Test
    func `of two approvers the first decides, and the other is told`() async throws {
        var first = world.adasBrowser()
        var second = world.adasBrowser(1)
        let forms = (try await first.approvalForm(of: started), try await second.approvalForm(of: started))
        let reply = try await first.submit(forms.0, pressing: "deny")
        expectPage(try await second.submit(forms.1, pressing: "approve"), 200, "Already answered")
        #expect(try await link.poll(started) == .denied)
        // The name of the decided request opens nothing for the other session.
        expectPage(try await second.get(reply["Location"].orFail()), 400, "This request is over")
    }

    @Test
    func `going back after the decision changes nothing`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        _ = try await browser.submit(form, pressing: "deny")
        expectPage(try await browser.get(LinkWorld.link(started.id)), 200, "Already answered")
        expectPage(try await browser.submit(form, pressing: "approve"), 200, "Already answered")
        #expect(try await link.poll(started) == .denied)
    }

    @Test
    func `an expired request is said to be so`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        world.clock.advance(by: 600)
        expectPage(try await browser.get(LinkWorld.link(started.id)), 410, "This request has expired")
        expectPage(try await browser.submit(form, pressing: "approve"), 410, "This request has expired")
        #expect(try await link.poll(started) == .expired)
    }

    @Test
    func `after signing out the open page approves nothing, and leads back to the link`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        _ = try await browser.submit(browser.get("/device").form("/sign-out"))
        let reply = try await browser.submit(form, pressing: "approve")
        #expect(try reply.redirect().base == "/sign-in")
        #expect(try reply.redirect()["return_to"] == LinkWorld.link(started.id))
        #expect(try await link.poll(started) == .pending)
    }

    @Test
    func `a disabled account approves nothing`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalForm(of: started)
        try await world.disableAccount()
        #expect(try await browser.submit(form, pressing: "approve").redirect().base == "/sign-in")
        #expect(try await link.poll(started) == .pending)
    }

    @Test(arguments: ["", "x", "'", "kfq_x", "%3Cscript%3E", "kfq_" + String(repeating: "a", count: 5_000)])
    func `a link with something else than an id does not work`(id: String) async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get(LinkWorld.link(id))
        #expect(id.isEmpty ? page.status == 400 : page.status == 404)
        #expect(!page.text.contains("<script>"))
        #expect(!page.text.contains("kfq_"))
        var form = try await browser.approvalForm(of: started)
        form["requestId"] = try FormFields(parsing: "id=" + id)[name: "id"]
        #expect([400, 404].contains(try await browser.submit(form, pressing: "approve").status))
    }

    @Test
    func `a link without or with two ids is not complete`() async throws {
        var browser = world.adasBrowser()
        for query in ["", "?", "?x=1", "?requestId=a&requestId=b"] {
            #expect(try await browser.get(LinkWorld.path + query).status == 400)
        }
    }

    @Test
    func `another client's request is unknown on this page`() async throws {
        var settings = Client.Settings()
        settings.browserRequests = BrowserRequestPolicy()
        let other = try await world.server.addClient(
            id: "stranger", name: "Stranger", isConfidential: false, settings: settings
        ).client
        let foreign = try await world.server.startBrowserRequest(
            client: other, wire: BrowserRequest.Wire(hasPollSecret: true), from: Requester(address: nil)
        )
        var browser = world.adasBrowser()
        expectPage(try await browser.get(LinkWorld.link(foreign.id)), 404, "This link does not work")
        var form = try await browser.approvalForm(of: started)
        form["requestId"] = foreign.id
        expectPage(try await browser.submit(form, pressing: "approve"), 404, "This link does not work")
    }
}
