import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 8628 section 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5).
struct PollingTests {
    @Test func `a device is told its codes, their life and the interval`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        #expect(DeviceAuthorization.codeFormat.accepts(started.deviceCode))
        #expect(started.userCode.normalized.count == 8)
        #expect(started.expiresIn == 900)
        #expect(started.interval == 5)
    }

    @Test func `the first poll is never too fast`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
    }

    @Test func `polls at the interval are pending, as often as one likes`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        for _ in 0..<20 {
            await expectRefusal(.authorizationPending) {
                try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
            }
            world.clock.advance(by: 5)
        }
    }

    @Test func `a clock that runs a little fast is not too fast`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        for _ in 0..<5 {
            await expectRefusal(.authorizationPending) {
                try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
            }
            world.clock.advance(by: 4.5)
        }
    }

    /// "the interval MUST be increased by 5 seconds for this and all subsequent requests", section 3.5.
    @Test func `slow_down adds five seconds for good, each time`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let steps: [(wait: Double, answer: OAuthErrorCode)] = [
            (0, .authorizationPending), (2, .slowDown), (10, .authorizationPending), (10, .authorizationPending),
            (5, .slowDown), (10, .slowDown), (20, .authorizationPending), (15, .slowDown), (25, .authorizationPending),
        ]
        for (wait, answer) in steps {
            world.clock.advance(by: wait)
            await expectRefusal(answer) {
                try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
            }
        }
    }

    @Test func `one device's slow_down does not slow another one down`() async throws {
        let world = try await TestWorld.open()
        let (hasty, calm) = (try await world.startDevice(), try await world.startDevice())
        for answer in [OAuthErrorCode.authorizationPending, .slowDown] {
            await expectRefusal(answer) {
                try await world.server.redeemDeviceCode(hasty.deviceCode, client: world.tool)
            }
        }
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(calm.deviceCode, client: world.tool)
        }
    }

    @Test func `slow_down is said only while pending`() async throws {
        let world = try await TestWorld.open()
        let approved = try await world.startDevice()
        let denied = try await world.startDevice()
        let expired = try await world.startDevice()
        for started in [approved, denied, expired] {
            await expectRefusal(.authorizationPending) {
                try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
            }
        }
        try await world.decide(approved)
        try await world.decide(denied, approve: false)
        _ = try await world.server.redeemDeviceCode(approved.deviceCode, client: world.tool)
        for _ in 0..<3 {
            await expectRefusal(.accessDenied) {
                try await world.server.redeemDeviceCode(denied.deviceCode, client: world.tool)
            }
        }
        world.clock.advance(by: 900)
        for _ in 0..<3 {
            await expectRefusal(.expiredToken) {
                try await world.server.redeemDeviceCode(expired.deviceCode, client: world.tool)
            }
        }
    }

    @Test func `a code expires to the millisecond`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        world.clock.advance(by: 899.999)
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
        world.clock.advance(by: 0.001)
        await expectRefusal(.expiredToken) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
        await expectRefusal(.unknownUserCode) {
            try await world.server.enterUserCode(started.userCode.display, session: world.browser, from: TestWorld.home)
        }
    }

    @Test func `text that is no device code of ours is refused`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        for text in ["", "x", String(code.dropLast()), code + "a", DeviceAuthorization.codeFormat.make(world.random)] {
            await expectRefusal(.invalidGrant) { try await world.server.redeemDeviceCode(text, client: world.tool) }
        }
    }

    @Test func `a client without the grant may neither start nor poll`() async throws {
        let world = try await TestWorld.open()
        let limited = try await world.client("limited") { $0.grants = [.authorizationCode, .refreshToken] }
        await expectRefusal(.unauthorizedClient) { try await world.startDevice(limited) }
        let code = try await world.approvedDeviceCode()
        await expectRefusal(.unauthorizedClient) { try await world.server.redeemDeviceCode(code, client: limited) }
    }

    @Test func `a scope that is malformed, empty or not the client's is refused`() async throws {
        let world = try await TestWorld.open()
        for scope in ["admin", "openid admin", "openid\"", "", " ", "OpenID"] {
            await expectRefusal(.invalidScope) { try await world.startDevice(scope: scope) }
        }
        #expect(try await world.signIn(scope: "openid email").scope == Scopes(["openid", "email"]))
    }

    @Test func `no scope means the client's default, and is refused where there is none`() async throws {
        let world = try await TestWorld.open()
        #expect(try await world.signIn().scope == world.tool.settings.defaultScopes)
        let strict = try await world.client("strict") { $0.defaultScopes = Scopes() }
        await expectRefusal(.invalidScope) { try await world.startDevice(strict) }
    }
}
