import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// How the authorization endpoint answers a request (RFC 6749 section 4.1.2.1, RFC 8252, RFC 9700).
struct AuthorizationRequestTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func ask(_ changes: [String: String?] = [:]) async throws -> Reply {
        var browser = world.adasBrowser()
        return try await browser.get(World.authorize(changes))
    }

    @Test
    func `a good request is shown to the person`() async throws {
        let page = try await ask()
        expectPage(page, 200, "Tool wants to access your account")
        for text in ["Ada Lovelace", "127.0.0.1:51004", "Know who you are", "Read your name"] {
            #expect(page.text.contains(text), "\(text)")
        }
        let form = try page.form("/authorize/decision")
        #expect(form.method == "post")
        #expect(form.buttons.map(\.value) == ["deny", "approve"])
    }

    @Test(arguments: [nil, "", "nobody", "TOOL"])
    func `an unknown client is a matter for a page, never for a redirect`(client: String?) async throws {
        expectPage(try await ask(["client_id": client]), 400, "This link does not work")
    }

    @Test
    func `a disabled client is unknown`() async throws {
        try await world.disableClient("tool")
        expectPage(try await ask(), 400, "This link does not work")
    }

    @Test(arguments: [
        nil, "", "http://127.0.0.1:51004/other", "http://127.0.0.1:51004/callback/", "http://127.0.0.1:51004",
        "http://127.0.0.1:51004/callback?x=1", "http://127.0.0.1:51004/callback#x", "https://127.0.0.1:51004/callback",
        "http://127.0.0.1@evil.example/callback", "http://127.0.0.1.evil.example/callback",
        "http://evil.example\\@127.0.0.1/callback", "http://127.0.0.2:51004/callback", "//127.0.0.1:51004/callback",
        "https://app.example.com/cb/", "https://app.example.com:8443/cb", "http://app.example.com/cb",
        "https://app.example.com/cb?x", "https://APP.example.com/cb2", "javascript:alert(1)", "http://0/callback",
        "http://127.0.0.1:99999/callback", "http://127.0.0.1:51004/callback\r\nSet-Cookie: x=y",
    ])
    func `a redirect URI that is not registered is a matter for a page, never for a redirect`(
        uri: String?
    ) async throws {
        expectPage(try await ask(["redirect_uri": uri]), 400, "This link does not work")
    }

    @Test(arguments: ["client_id=tool", "redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fcallback"])
    func `a repeated client or redirect URI is a matter for a page`(repeated: String) async throws {
        var browser = world.adasBrowser()
        let page = try await browser.get(World.authorize() + "&" + repeated)
        expectPage(page, 400, "This link does not work")
    }

    @Test
    func `a broken query is a matter for a page`() async throws {
        var browser = world.adasBrowser()
        expectPage(try await browser.get(World.authorize() + "&x=%zz"), 400, "This did not work")
    }

    @Test(
        arguments: [
            ("response_type", nil, "invalid_request"), ("response_type", "token", "unsupported_response_type"),
            ("response_type", "code id_token", "unsupported_response_type"), ("scope", "openid admin", "invalid_scope"),
            ("scope", "\"", "invalid_scope"), ("code_challenge", nil, "invalid_request"),
            ("code_challenge", "short", "invalid_request"), ("code_challenge_method", nil, "invalid_request"),
            ("code_challenge_method", "plain", "invalid_request"), ("response_mode", "fragment", "invalid_request"),
            ("client_id", "device-only", "unauthorized_client"),
        ] as [(String, String?, String)])
    func `any other error goes to the client by redirect, with its state and our issuer`(
        name: String, value: String?, code: String
    ) async throws {
        let reply = try await ask([name: value])
        #expect(reply.status == 303)
        let redirect = try reply.redirect()
        #expect(redirect.base == World.callback)
        #expect(redirect["error"] == code)
        #expect(redirect["state"] == "af0ifjsldkj")
        #expect(redirect["iss"] == "https://id.example.com")
        #expect(redirect["code"] == nil)
    }

    @Test(arguments: [
        "scope=openid", "state=x", "response_type=code", "nonce=x", "prompt=login&prompt=login", "max_age=9&max_age=9",
    ])
    func `a repeated parameter goes to the client by redirect`(repeated: String) async throws {
        var browser = world.adasBrowser()
        let redirect = try await browser.get(World.authorize() + "&" + repeated).redirect()
        #expect(redirect.base == World.callback)
        #expect(redirect["error"] == "invalid_request")
        #expect(redirect["iss"] == "https://id.example.com")
    }

    @Test
    func `an error without a state is redirected without one`() async throws {
        let redirect = try await ask(["state": nil, "response_type": nil]).redirect()
        #expect(redirect.query.fields.map(\.name) == ["error", "error_description", "iss"])
    }

    @Test
    func `errors come before the sign-in`() async throws {
        var browser = world.browser()
        let redirect = try await browser.get(World.authorize(["response_type": "token"])).redirect()
        #expect(redirect["error"] == "unsupported_response_type")
    }

    @Test
    func `a client's hostile name is text on the page`() async throws {
        let page = try await ask(["client_id": "hostile"])
        #expect(page.status == 200)
        #expect(page.text.contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"))
        #expect(!page.text.contains("<img"))
    }

    @Test
    func `a request may come by POST, even from another site`() async throws {
        let reply = try await world.post(
            "/authorize", World.query().fields.map { ($0.name, Optional($0.value)) },
            headers: ["Sec-Fetch-Site": "cross-site"]
        )
        #expect(reply.status == 303)
        var browser = world.adasBrowser()
        expectPage(try await browser.follow(reply), 200, "Tool wants to access your account")
    }

    @Test
    func `request objects are refused as not supported`() async throws {
        // OpenID Connect Core section 3.1.2.6.
        for (name, code) in [
            ("request", "request_not_supported"), ("request_uri", "request_uri_not_supported"),
        ] {
            #expect(try await ask([name: "x"]).redirect()["error"] == code)
        }
    }
}

extension AuthorizationRequestTests {
    /// Browsers hold the redirect after a form against `form-action`.
    @Test(arguments: [
        ("http://127.0.0.1:51004/callback", "http://127.0.0.1:51004"),
        ("http://localhost:8001/callback", "http://localhost:8001"),
        ("https://app.example.com/cb", "https://app.example.com"),
    ])
    func `the page's policy lets the form lead to the client`(uri: String, source: String) async throws {
        let policy = try await ask(["redirect_uri": uri])["Content-Security-Policy"].orFail()
        let directives = policy.split(separator: ";").map { String($0.trimmingPrefix(" ")) }
        #expect(directives.contains("form-action 'self' \(source)"))
        #expect(directives.contains("frame-ancestors 'none'"))
        #expect(directives.contains("default-src 'none'"))
    }

    @Test
    func `the policy lets the form lead to an IPv6 loopback address, too`() async throws {
        // The grammar of host sources has no brackets (CSP level 3, section 2.3.1): such a source is ignored.
        let policy = try await ask(["redirect_uri": "http://[::1]:8001/callback"])["Content-Security-Policy"]
        #expect(try !policy.orFail().contains("["))
        #expect(try policy.orFail().contains("form-action 'self' http:"))
    }
}
