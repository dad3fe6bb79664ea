import KeyfobProtocol
import Testing

/// What the token endpoint refuses before it looks at a grant (RFC 6749 sections 3.2 and 5.2).
struct TokenRequestTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test(arguments: ["password", "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange", "x"])
    func `another grant type is unsupported`(grant: String) async throws {
        expectError(
            try await world.post("/oauth/token", [("grant_type", grant), ("client_id", "tool")]),
            400, "unsupported_grant_type"
        )
    }

    @Test
    func `the grant type is required, and an empty one counts as missing`() async throws {
        expectError(try await world.post("/oauth/token", [("client_id", "tool")]), 400, "invalid_request")
        expectError(
            try await world.post("/oauth/token", [("grant_type", ""), ("client_id", "tool")]), 400, "invalid_request"
        )
    }

    @Test(arguments: [
        ("authorization_code", ["code", "redirect_uri", "code_verifier"]), ("refresh_token", ["refresh_token"]),
        (World.deviceGrant, ["device_code"]),
    ])
    func `each parameter of a grant is required`(grant: String, names: [String]) async throws {
        for missing in names {
            let others = names.filter { $0 != missing }.map { ($0, Optional("x")) }
            let reply = try await world.post(
                "/oauth/token", [("grant_type", grant), ("client_id", "tool")] + others
            )
            expectError(reply, 400, "invalid_request")
            #expect(try reply.text("error_description").contains(missing))
        }
    }

    @Test(arguments: ["grant_type", "client_id", "device_code"])
    func `no parameter may be repeated`(name: String) async throws {
        let fields = [("grant_type", World.deviceGrant), ("client_id", "tool"), ("device_code", "x")]
        let twice = fields.first { $0.0 == name }.map { [$0] } ?? []
        #expect(twice.count == 1)
        expectError(
            try await world.post("/oauth/token", (fields + twice).map { ($0.0, Optional($0.1)) }),
            400, "invalid_request"
        )
    }

    @Test(arguments: [nil, "application/json", "text/plain", "multipart/form-data; boundary=x", "form"])
    func `only a form is read`(type: String?) async throws {
        let form = FormFields([("grant_type", World.deviceGrant), ("client_id", "tool"), ("device_code", "x")])
        let headers = type.map { ["Content-Type": $0] } ?? [:]
        expectError(
            try await world.send("POST", "/oauth/token", headers: headers, body: form.encoded),
            400, "invalid_request"
        )
    }

    @Test
    func `a JSON body is refused, whatever it is called`() async throws {
        let body = #"{"grant_type":"refresh_token","client_id":"tool","refresh_token":"x"}"#
        for type in ["application/json", "application/x-www-form-urlencoded"] {
            expectError(
                try await world.send("POST", "/oauth/token", headers: ["Content-Type": type], body: body),
                400, "invalid_request"
            )
        }
    }

    @Test
    func `the content type may have parameters and any case`() async throws {
        let form = FormFields([("grant_type", World.deviceGrant), ("client_id", "tool"), ("device_code", "x")])
        let headers = ["Content-Type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"]
        expectError(
            try await world.send("POST", "/oauth/token", headers: headers, body: form.encoded), 400, "invalid_grant"
        )
    }

    @Test(arguments: ["grant_type=%", "grant_type=%2", "grant_type=%zz", "grant_type=%ff"])
    func `a broken escape is an invalid request`(body: String) async throws {
        let headers = ["Content-Type": "application/x-www-form-urlencoded"]
        expectError(
            try await world.send("POST", "/oauth/token", headers: headers, body: body), 400, "invalid_request"
        )
    }

    @Test
    func `only POST redeems anything`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        let code = try started.text("device_code")
        let query = FormFields([
            ("grant_type", World.deviceGrant), ("client_id", "tool"), ("device_code", code),
        ])
        for method in ["GET", "PUT"] {
            let reply = try await world.send(method, "/oauth/token?" + query.encoded)
            #expect((400..<500).contains(reply.status))
        }
        #expect(try await world.poll(code).status == 200)
    }

    @Test
    func `parameters in the query are not read`() async throws {
        let reply = try await world.post("/oauth/token?grant_type=refresh_token&client_id=tool&refresh_token=x", [])
        expectError(reply, 400, "invalid_request")
    }
}
