import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// The person's decision about a device (RFC 8628 section 3.3 and 5.4): deliberate, by POST, in the browser that
/// entered the code.
struct DeviceApprovalTests {
    private let world: World
    private let device: String
    private let code: String

    init() async throws {
        world = try await World.open()
        let started = try await world.startDevice()
        device = try started.text("device_code")
        code = try started.text("user_code")
    }

    /// What the device hears now.
    private func standing() async throws -> String? {
        world.clock.advance(by: 60)
        return try await world.poll(device).error
    }

    @Test
    func `approving signs the device in`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalPage(for: code).form("/device/approve")
        let reply = try await browser.submit(form, pressing: "approve")
        #expect(reply.status == 303)
        expectPage(try await browser.follow(reply), 200, "You’re signed in")
        #expect(try await world.poll(device).status == 200)
        // The page still says so after the device has its tokens.
        expectPage(try await browser.follow(reply), 200, "You’re signed in")
    }

    @Test
    func `denying gives the device nothing`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalPage(for: code).form("/device/approve")
        let reply = try await browser.submit(form, pressing: "deny")
        expectPage(try await browser.follow(reply), 200, "Request denied")
        #expect(try await standing() == "access_denied")
    }

    @Test
    func `nothing is approved by GET`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalPage(for: code).form("/device/approve")
        let query = try form.pressing("approve").encoded
        for path in ["/device/approve?", "/device/done?", "/device?"] {
            _ = try await browser.get(path + query)
        }
        #expect(try await standing() == "authorization_pending")
    }

    @Test
    func `a form without a pressed button approves nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.approvalPage(for: code).form("/device/approve")
        #expect(try await browser.submit(form).status == 400)
        form["decision"] = "yes"
        #expect(try await browser.submit(form).status == 400)
        #expect(try await standing() == "authorization_pending")
    }

    @Test
    func `a form without the CSRF token approves nothing`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.approvalPage(for: code).form("/device/approve")
        for wrong in [nil, "", "x"] {
            form["csrf"] = wrong
            #expect(try await browser.submit(form, pressing: "approve").status == 403)
        }
        #expect(try await standing() == "authorization_pending")
    }

    @Test
    func `another browser can neither see nor approve the request, even with its own CSRF token`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.approvalPage(for: code).form("/device/approve")
        let name = try form["request"].orFail()
        var other = world.adasBrowser(1)
        expectPage(try await other.get("/device/approve?request=" + name), 400, "This request is over")
        #expect(try await other.get("/device/done?request=" + name)["Location"] == "/device")
        form["csrf"] = try await other.get("/device").form("/device")["csrf"]
        expectPage(try await other.submit(form, pressing: "approve"), 400, "This request is over")
        #expect(try await standing() == "authorization_pending")
    }

    @Test
    func `a code that is entered in another browser leaves the first`() async throws {
        var first = world.adasBrowser()
        let form = try await first.approvalPage(for: code).form("/device/approve")
        var second = world.adasBrowser(1)
        expectPage(try await second.approvalPage(for: code), 200, "Tool wants to access your account")
        expectPage(try await first.submit(form, pressing: "approve"), 400, "This request is over")
        #expect(try await standing() == "authorization_pending")
    }

    @Test
    func `going back after the decision says that it was answered, and changes nothing`() async throws {
        var browser = world.adasBrowser()
        let entered = try await browser.enter(code)
        let form = try await browser.follow(entered).form("/device/approve")
        _ = try await browser.submit(form, pressing: "deny")
        expectPage(try await browser.follow(entered), 200, "Already answered")
        expectPage(try await browser.submit(form, pressing: "approve"), 200, "Already answered")
        #expect(try await standing() == "access_denied")
    }

    @Test
    func `two tabs of one browser do not disturb each other`() async throws {
        let other = try await world.startDevice("other")
        var browser = world.adasBrowser()
        let first = try await browser.approvalPage(for: code).form("/device/approve")
        let second = try await browser.approvalPage(for: other.text("user_code")).form("/device/approve")
        let again = try await browser.approvalPage(for: code).form("/device/approve")
        #expect(first["request"] == again["request"])
        #expect(try await browser.submit(second, pressing: "deny").status == 303)
        #expect(try await browser.submit(first, pressing: "approve").status == 303)
        expectPage(try await browser.submit(again, pressing: "deny"), 200, "Already answered")
        #expect(try await world.poll(device).status == 200)
        expectError(try await world.poll(other.text("device_code"), client: "other"), 400, "access_denied")
    }

    @Test
    func `an expired request cannot be approved`() async throws {
        var browser = world.adasBrowser()
        let entered = try await browser.enter(code)
        let form = try await browser.follow(entered).form("/device/approve")
        world.clock.advance(by: 900)
        expectPage(try await browser.follow(entered), 400, "This request is over")
        expectPage(try await browser.submit(form, pressing: "approve"), 400, "This request is over")
        expectError(try await world.poll(device), 400, "expired_token")
    }

    @Test
    func `after signing out the open page approves nothing`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.approvalPage(for: code).form("/device/approve")
        _ = try await browser.submit(browser.get("/device").form("/sign-out"))
        let reply = try await browser.submit(form, pressing: "approve")
        #expect(try reply.redirect().base == "/sign-in")
        #expect(try await standing() == "authorization_pending")
    }

    @Test(arguments: ["", "x", "'", "kfd_x"])
    func `a request that does not exist is over`(name: String) async throws {
        var browser = world.adasBrowser()
        expectPage(try await browser.get("/device/approve?request=" + name), 400, "This request is over")
    }
}
