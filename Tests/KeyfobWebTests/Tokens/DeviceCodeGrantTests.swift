import KeyfobTestSupport
import Testing

/// The device code at the token endpoint (RFC 8628 sections 3.4 and 3.5).
struct DeviceCodeGrantTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test
    func `the first poll is pending, however soon it comes`() async throws {
        let code = try await world.startDevice().text("device_code")
        expectError(try await world.poll(code), 400, "authorization_pending")
        world.clock.advance(by: 5)
        expectError(try await world.poll(code), 400, "authorization_pending")
    }

    @Test
    func `who polls too fast must slow down by five seconds, for good`() async throws {
        let code = try await world.startDevice().text("device_code")
        _ = try await world.poll(code)
        world.clock.advance(by: 1)
        expectError(try await world.poll(code), 400, "slow_down")
        world.clock.advance(by: 10)
        expectError(try await world.poll(code), 400, "authorization_pending")
        world.clock.advance(by: 5)
        expectError(try await world.poll(code), 400, "slow_down")
        world.clock.advance(by: 15)
        expectError(try await world.poll(code), 400, "authorization_pending")
    }

    @Test
    func `an approved code buys tokens that nobody may store`() async throws {
        let reply = try await world.signIn()
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        // RFC 6749 section 5.1.
        #expect(reply["Cache-Control"] == "no-store")
        #expect(reply["Pragma"] == "no-cache")
        let tokens = try reply.json()
        #expect(
            tokens.names == ["access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token"]
        )
        #expect(tokens["token_type"] == "Bearer")
        #expect(tokens["expires_in"] == 900)
        #expect(tokens["scope"] == "openid profile email offline_access")
        #expect(try await world.isActive(reply.text("access_token")))
    }

    @Test
    func `the scope that was asked for is the one that is granted`() async throws {
        let tokens = try await world.signIn(scope: "email openid").json()
        #expect(tokens["scope"] == "email openid")
    }

    @Test
    func `a client without the refresh grant gets no refresh token`() async throws {
        let tokens = try await world.signIn("device-only").json()
        #expect(tokens["refresh_token"] == nil)
        #expect(tokens["expires_in"] == nil)
        #expect(tokens["access_token"]?.text?.hasPrefix("kfa_") == true)
    }

    @Test
    func `a denied code says so`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"), pressing: "deny")
        expectError(try await world.poll(started.text("device_code")), 400, "access_denied")
    }

    @Test
    func `an expired code says so`() async throws {
        let code = try await world.startDevice().text("device_code")
        world.clock.advance(by: 900)
        expectError(try await world.poll(code), 400, "expired_token")
    }

    @Test
    func `a code is redeemed once`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        #expect(try await world.poll(started.text("device_code")).status == 200)
        expectError(try await world.poll(started.text("device_code")), 400, "invalid_grant")
    }

    @Test
    func `another client's code is nobody's`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        expectError(try await world.poll(started.text("device_code"), client: "other"), 400, "invalid_grant")
        #expect(try await world.poll(started.text("device_code")).status == 200)
    }

    @Test(arguments: ["x", "kfd_", "kfd_00000000000000000000000000000000000000000000000000"])
    func `an unknown code is an invalid grant`(code: String) async throws {
        expectError(try await world.poll(code), 400, "invalid_grant")
    }

    @Test
    func `a client without this grant is told so`() async throws {
        expectError(try await world.poll("x", client: "browser-only"), 400, "unauthorized_client")
    }

    @Test
    func `an account that was disabled after the approval gets nothing`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        try await world.disableAccount()
        expectError(try await world.poll(started.text("device_code")), 400, "access_denied")
    }
}
