import KeyfobTestSupport
import Testing

/// What a client may wish about the sign-in (OpenID Connect Core sections 3.1.2.1 and 3.1.2.6).
struct SignInWishesTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    /// Expects to be sent to the sign-in page, signs in, and expects the approval page.
    private func expectSignIn(
        _ browser: Browser, _ changes: [String: String?] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var browser = browser
        let reply = try await browser.get(World.authorize(changes))
        #expect(try reply.redirect().base == "/sign-in", sourceLocation: sourceLocation)
        let path = try reply["Location"].orFail()
        let page = try await browser.get(path)
        expectPage(page, 200, "Sign in", sourceLocation: sourceLocation)
        #expect(page.text.contains("to continue to Tool"), sourceLocation: sourceLocation)
        let done = try await browser.signIn(at: path)
        #expect(try done.redirect().base == "/authorize", sourceLocation: sourceLocation)
        #expect(try done.redirect()["state"] == "af0ifjsldkj", sourceLocation: sourceLocation)
        expectPage(
            try await browser.follow(done), 200, "Tool wants to access your account", sourceLocation: sourceLocation
        )
    }

    @Test
    func `who is not signed in signs in and comes back to the request`() async throws {
        try await expectSignIn(world.browser())
    }

    @Test
    func `prompt=login asks for the password again`() async throws {
        try await expectSignIn(world.adasBrowser(), ["prompt": "login"])
        try await expectSignIn(world.adasBrowser(), ["prompt": "consent login"])
    }

    @Test(arguments: ["consent", "select_account"])
    func `other prompts are content with the approval page`(prompt: String) async throws {
        var browser = world.adasBrowser()
        expectPage(
            try await browser.get(World.authorize(["prompt": prompt])), 200, "Tool wants to access your account"
        )
    }

    @Test
    func `max_age asks for the password again once the sign-in is older`() async throws {
        var browser = world.adasBrowser()
        world.clock.advance(by: 60)
        expectPage(
            try await browser.get(World.authorize(["max_age": "60"])), 200, "Tool wants to access your account"
        )
        world.clock.advance(by: 60)
        try await expectSignIn(world.adasBrowser(), ["max_age": "60"])
        try await expectSignIn(world.adasBrowser(), ["max_age": "0"])
    }

    @Test
    func `prompt=none never shows a page`() async throws {
        for (browser, code) in [(world.browser(), "login_required"), (world.adasBrowser(), "consent_required")] {
            var browser = browser
            let reply = try await browser.get(World.authorize(["prompt": "none"]))
            #expect(reply.status == 303)
            let redirect = try reply.redirect()
            #expect(redirect.base == World.callback)
            #expect(redirect["error"] == code)
            #expect(redirect["state"] == "af0ifjsldkj")
            #expect(redirect["iss"] == "https://id.example.com")
        }
    }

    @Test
    func `prompt=none with a sign-in that is too old asks for one`() async throws {
        world.clock.advance(by: 120)
        var browser = world.adasBrowser()
        let redirect = try await browser.get(World.authorize(["prompt": "none", "max_age": "60"])).redirect()
        #expect(redirect["error"] == "login_required")
    }

    @Test
    func `prompt=none together with another one is an error`() async throws {
        var browser = world.adasBrowser()
        let redirect = try await browser.get(World.authorize(["prompt": "none login"])).redirect()
        #expect(redirect["error"] == "invalid_request")
    }

    @Test
    func `the ID token tells when the person signed in`() async throws {
        world.clock.advance(by: 120)
        let tokens = try await world.redeem(world.authorizationCode())
        #expect(try await Self.signedInAt(tokens) == world.clock.seconds - 120)
    }

    private static func signedInAt(_ tokens: Reply) async throws -> Int? {
        guard case .number(let time)? = try IDToken.claims(tokens.text("id_token"))["auth_time"] else { return nil }
        return time
    }
}
