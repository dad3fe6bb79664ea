import Testing

/// The device authorization endpoint (RFC 8628 sections 3.1 and 3.2).
struct DeviceAuthorizationTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test
    func `a device is told its codes, the page and the interval`() async throws {
        let reply = try await world.startDevice()
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let told = try reply.json()
        let code = try reply.text("user_code")
        #expect(code.wholeMatch(of: #/[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}/#) != nil)
        #expect(told["verification_uri"] == "https://id.example.com/device")
        #expect(told["verification_uri_complete"] == .string("https://id.example.com/device?user_code=" + code))
        #expect(told["expires_in"] == 900)
        #expect(told["interval"] == 5)
        #expect(told["device_code"]?.text?.hasPrefix("kfd_") == true)
    }

    @Test
    func `two devices never get the same codes`() async throws {
        let replies = [try await world.startDevice(), try await world.startDevice()]
        for name in ["device_code", "user_code"] {
            #expect(try replies[0].text(name) != replies[1].text(name))
        }
    }

    @Test(arguments: ["admin", "openid admin", "openid \u{E9}", "open\"id", " "])
    func `a scope that is unknown or malformed is refused`(scope: String) async throws {
        expectError(try await world.startDevice(scope: scope), 400, "invalid_scope")
    }

    @Test
    func `an unknown client, or none, is refused`() async throws {
        for client in ["nobody", ""] {
            let reply = try await world.startDevice(client)
            expectError(reply, 401, "invalid_client")
            #expect(reply["WWW-Authenticate"] == #"Basic realm="keyfob""#)
        }
    }

    @Test
    func `a confidential client has to prove itself`() async throws {
        expectError(try await world.startDevice("service"), 401, "invalid_client")
        let fields = [("client_id", "service"), ("client_secret", world.day.serviceSecret)]
        let reply = try await world.post("/oauth/device_authorization", fields.map { ($0.0, Optional($0.1)) })
        #expect(reply.status == 200)
    }

    @Test
    func `a client without this grant is told so`() async throws {
        expectError(try await world.startDevice("browser-only"), 400, "unauthorized_client")
    }

    @Test(arguments: ["scope", "client_id", "device_name"])
    func `no parameter may be repeated`(name: String) async throws {
        let fields = [("client_id", "tool"), ("scope", "openid"), ("device_name", "workbench")]
        let twice = fields.filter { $0.0 == name }
        #expect(twice.count == 1)
        let reply = try await world.post(
            "/oauth/device_authorization", (fields + twice).map { ($0.0, Optional($0.1)) }
        )
        expectError(reply, 400, "invalid_request")
    }

    @Test
    func `only a form is read`() async throws {
        let reply = try await world.send(
            "POST", "/oauth/device_authorization", headers: ["Content-Type": "application/json"],
            body: #"{"client_id":"tool"}"#
        )
        expectError(reply, 400, "invalid_request")
    }
}
