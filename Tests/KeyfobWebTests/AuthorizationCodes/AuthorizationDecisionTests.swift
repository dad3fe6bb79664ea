import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// What becomes of the person's decision (RFC 6749 section 4.1.2, RFC 8252 section 7.3, RFC 9207 section 2).
struct AuthorizationDecisionTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test(arguments: [
        "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback", "http://127.0.0.1/callback",
        "http://[::1]:51004/callback", "http://localhost:51004/callback", "https://app.example.com/cb",
    ])
    func `approving sends the code, the state and the issuer to the client, on any loopback port`(
        uri: String
    ) async throws {
        let redirect = try await world.approvedRedirect(["redirect_uri": uri])
        #expect(redirect.base == uri)
        #expect(redirect.query.fields.map(\.name) == ["code", "state", "iss"])
        #expect(redirect["state"] == "af0ifjsldkj")
        #expect(redirect["iss"] == "https://id.example.com")
        #expect(try await world.redeem(redirect["code"].orFail(), ["redirect_uri": uri]).status == 200)
    }

    @Test
    func `denying tells the client so`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get(World.authorize()).form("/authorize/decision")
        let reply = try await browser.submit(form, pressing: "deny")
        #expect(reply.status == 303)
        let redirect = try reply.redirect()
        #expect(redirect.base == World.callback)
        #expect(redirect["error"] == "access_denied")
        #expect(redirect["state"] == "af0ifjsldkj")
        #expect(redirect["iss"] == "https://id.example.com")
        #expect(redirect["code"] == nil)
    }

    @Test
    func `a redirect URI keeps the query that it has`() async throws {
        let redirect = try await world.approvedRedirect(
            ["redirect_uri": "https://app.example.com/with?from=keyfob"]
        )
        #expect(redirect.base == "https://app.example.com/with")
        #expect(redirect.query.fields.map(\.name) == ["from", "code", "state", "iss"])
        #expect(redirect["from"] == "keyfob")
    }

    @Test(arguments: ["a b+c%26d=e", "\"<>&'", "ü\r\nLocation: x", String(repeating: "s", count: 2_000)])
    func `the client gets its state back as it was`(state: String) async throws {
        #expect(try await world.approvedRedirect(["state": state])["state"] == state)
    }

    @Test
    func `a request without a state is answered without one`() async throws {
        let redirect = try await world.approvedRedirect(["state": nil])
        #expect(redirect.query.fields.map(\.name) == ["code", "iss"])
    }

    @Test
    func `nothing is approved by GET`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get(World.authorize()).form("/authorize/decision")
        let reply = try await browser.get("/authorize/decision?" + form.pressing("approve").encoded)
        #expect(reply.status == 404)
        #expect(reply["Location"] == nil)
    }

    @Test
    func `a form without a pressed button approves nothing`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get(World.authorize()).form("/authorize/decision")
        let reply = try await browser.submit(form)
        #expect(reply.status == 400)
        #expect(reply["Location"] == nil)
    }

    @Test
    func `a form without the CSRF token, or with another's, approves nothing`() async throws {
        var other = world.adasBrowser(1)
        let foreign = try await other.get(World.authorize()).form("/authorize/decision")["csrf"]
        var browser = world.adasBrowser()
        var form = try await browser.get(World.authorize()).form("/authorize/decision")
        #expect(form["csrf"] != foreign)
        for wrong in [nil, "", "x", foreign] {
            form["csrf"] = wrong
            let reply = try await browser.submit(form, pressing: "approve")
            #expect(reply.status == 403)
            #expect(reply["Location"] == nil)
        }
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `a form that another site sends approves nothing`(site: String) async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get(World.authorize()).form("/authorize/decision")
        let reply = try await browser.submit(form, pressing: "approve", headers: ["Sec-Fetch-Site": site])
        #expect(reply.status == 403)
        #expect(reply["Location"] == nil)
    }

    @Test(arguments: [
        ("redirect_uri", "https://evil.example/cb"), ("redirect_uri", ""), ("client_id", "nobody"),
    ])
    func `a form that was changed is judged again`(name: String, value: String) async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(World.authorize()).form("/authorize/decision")
        form["query"] = World.query([name: value]).encoded
        for button in ["approve", "deny"] {
            expectPage(try await browser.submit(form, pressing: button), 400, "This link does not work")
        }
    }

    @Test
    func `a form without the request is refused`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(World.authorize()).form("/authorize/decision")
        form["query"] = "%zz"
        #expect(try await browser.submit(form, pressing: "approve").status == 400)
        form["query"] = nil
        #expect(try await browser.submit(form, pressing: "approve").status == 400)
    }

    @Test
    func `a wider scope in a changed form is refused to the client`() async throws {
        var browser = world.adasBrowser()
        var form = try await browser.get(World.authorize()).form("/authorize/decision")
        form["query"] = World.query(["scope": "admin"]).encoded
        let redirect = try await browser.submit(form, pressing: "approve").redirect()
        #expect(redirect["error"] == "invalid_scope")
        #expect(redirect["code"] == nil)
    }

    @Test
    func `who signed out meanwhile signs in again and finds the request`() async throws {
        var browser = world.adasBrowser()
        let form = try await browser.get(World.authorize()).form("/authorize/decision")
        _ = try await browser.submit(browser.get("/").form("/sign-out"))
        let reply = try await browser.submit(form, pressing: "approve")
        #expect(try reply.redirect().base == "/sign-in")
        let done = try await browser.signIn(at: reply["Location"].orFail())
        expectPage(try await browser.follow(done), 200, "Tool wants to access your account")
    }
}
