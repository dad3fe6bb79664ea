import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 6749 sections 4.1.1 and 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1).
struct AuthorizationRequestTests {
    /// The fields with which a client is sent back.
    private static func redirected(_ world: TestWorld, _ fields: FormFields) async throws -> FormFields {
        do {
            _ = try await world.server.authorizationRequest(fields)
        } catch AuthorizationRefusal.redirect(let location) {
            #expect(location.hasPrefix(TestWorld.callback + "?"))
            return try TestWorld.queryOf(location)
        }
        throw Missing()
    }

    private static func shown(_ world: TestWorld, _ fields: FormFields) async throws -> ServerError.Code {
        do {
            _ = try await world.server.authorizationRequest(fields)
        } catch AuthorizationRefusal.page(let error) {
            return error.code
        }
        throw Missing()
    }

    @Test func `a good request is read`() async throws {
        let world = try await TestWorld.open()
        let request = try await world.server.authorizationRequest(world.query(["prompt": "login"]))
        #expect(request.client == world.tool)
        #expect(request.redirectURI.text == TestWorld.callback)
        #expect(request.scopes == Scopes(["openid", "profile"]))
        #expect(request.state == "af0ifjsldkj")
        #expect(request.nonce == "n-0S6_WzA2Mj")
        #expect(request.prompt == "login")
        #expect(request.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    /// "MUST NOT automatically redirect the user-agent to the invalid redirection URI", RFC 6749 section 4.1.2.1.
    @Test func `a request whose redirect URI cannot be trusted is answered on a page`() async throws {
        let world = try await TestWorld.open()
        #expect(try await Self.shown(world, world.query(["client_id": nil])) == .oauth(.invalidClient))
        #expect(try await Self.shown(world, world.query(["client_id": "nobody"])) == .oauth(.invalidClient))
        let hostile: [String?] = [
            nil, "", "https://evil.example.com/callback", "http://127.0.0.1.evil/callback",
            "http://localhost@evil/callback", "http://127.0.0.1:51004/callback#x", "http://127.0.0.1:51004/other",
            "http://[::1]:51004/callback", "https://app.example.com/cb/", "https://app.example.com:444/cb",
        ]
        for uri in hostile {
            let fields = world.query(["redirect_uri": uri])
            #expect(try await Self.shown(world, fields) == .oauth(.invalidRequest), "\(uri ?? "none")")
        }
        var repeated = world.query()
        repeated.append("redirect_uri", "https://evil.example.com/")
        #expect(try await Self.shown(world, repeated) == .oauth(.invalidRequest))
        try await world.setClient(world.tool, active: false)
        #expect(try await Self.shown(world, world.query()) == .oauth(.invalidClient))
    }

    @Test(
        arguments: [
            (["response_type": nil], "invalid_request"), (["response_type": "token"], "unsupported_response_type"),
            (["response_type": "code token"], "unsupported_response_type"),
            (["response_mode": "form_post"], "invalid_request"), (["code_challenge": nil], "invalid_request"),
            (["code_challenge": "short"], "invalid_request"), (["code_challenge_method": nil], "invalid_request"),
            (["code_challenge_method": "plain"], "invalid_request"), (["scope": "openid admin"], "invalid_scope"),
            (["scope": "\""], "invalid_scope"), (["nonce": String(repeating: "n", count: 513)], "invalid_request"),
        ] as [([String: String?], String)])
    func `every other error goes to the client with its state and the issuer`(
        changes: [String: String?], code: String
    ) async throws {
        let world = try await TestWorld.open()
        let fields = try await Self.redirected(world, world.query(changes))
        #expect(try fields.single("error") == code)
        #expect(try fields.single("state") == "af0ifjsldkj")
        #expect(try fields.single("iss") == TestWorld.issuer)
        #expect(try fields.single("error_description") != nil)
        #expect(try fields.single("code") == nil)
    }

    @Test func `a repeated parameter is invalid_request`() async throws {
        let world = try await TestWorld.open()
        for name in ["scope", "response_type", "code_challenge", "code_challenge_method", "nonce"] {
            var fields = world.query()
            fields.append(name, "x")
            #expect(try await Self.redirected(world, fields).single("error") == "invalid_request", "\(name)")
        }
        var fields = world.query()
        fields.append("state", "other")
        #expect(try await Self.redirected(world, fields).single("state") == nil)
    }

    @Test func `a client without the grant is told so`() async throws {
        let world = try await TestWorld.open()
        _ = try await world.client("limited") { $0.grants = [.deviceCode] }
        let fields = try await Self.redirected(world, world.query(["client_id": "limited"]))
        #expect(try fields.single("error") == "unauthorized_client")
    }

    @Test func `approval sends the browser back with code, state and issuer`() async throws {
        let world = try await TestWorld.open()
        let location = try await world.approvedRedirect(["state": "a b&c=d"])
        #expect(location.hasPrefix(TestWorld.callback + "?"))
        let fields = try TestWorld.queryOf(location)
        #expect(fields.fields.map(\.name) == ["code", "state", "iss"])
        #expect(try fields.single("state") == "a b&c=d")
        #expect(try fields.single("iss") == TestWorld.issuer)
        #expect(AuthorizationServer.authorizationCodeFormat.accepts(try fields.single("code").orFail()))
    }

    @Test func `a redirect URI with a query keeps it`() async throws {
        let world = try await TestWorld.open()
        _ = try await world.client("queried") { $0.redirectURIs = ["https://app.example.com/cb?tenant=1"] }
        let location = try await world.approvedRedirect([
            "client_id": "queried", "redirect_uri": "https://app.example.com/cb?tenant=1",
        ])
        #expect(location.hasPrefix("https://app.example.com/cb?tenant=1&code=kfc_"))
    }

    @Test func `denial sends the browser back with access_denied`() async throws {
        let world = try await TestWorld.open()
        let request = try await world.server.authorizationRequest(world.query())
        let location = try await world.server.deny(request, session: world.browser, from: TestWorld.home)
        let fields = try TestWorld.queryOf(location)
        #expect(try fields.single("error") == "access_denied")
        #expect(try fields.single("state") == "af0ifjsldkj")
        #expect(try fields.single("iss") == TestWorld.issuer)
    }

    @Test func `a disabled account cannot approve`() async throws {
        let world = try await TestWorld.open()
        let request = try await world.server.authorizationRequest(world.query())
        try await world.setAccount(active: false)
        await expectRefusal(.signInRequired) {
            try await world.server.approve(request, session: world.browser, from: TestWorld.home)
        }
    }
}
