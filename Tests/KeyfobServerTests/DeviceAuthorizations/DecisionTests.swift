import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 8628 sections 3.3 and 5](https://www.rfc-editor.org/rfc/rfc8628#section-5).
struct DecisionTests {
    @Test func `an approved code brings tokens with the scopes that were asked for`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn(scope: "openid offline_access")
        #expect(reply.tokenType == "Bearer")
        #expect(reply.expiresIn == 900)
        #expect(reply.scope == Scopes(["openid", "offline_access"]))
        #expect(reply.refreshToken != nil)
        let grant = try #require(try await world.server.accessGrant(reply.accessToken))
        #expect(grant.account == world.person)
        #expect(grant.clientID == "tool")
    }

    @Test func `the request shows who asks, from where and for what`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice(scope: "openid")
        let request = try await world.server.enterUserCode(
            started.userCode.display.lowercased(), session: world.browser, from: TestWorld.home
        )
        #expect(request.client == world.tool)
        #expect(request.scopes == Scopes(["openid"]))
        #expect(request.userCode == started.userCode)
        #expect(request.requester == TestWorld.home)
        #expect(request.createdAt == world.clock.now)
        #expect(try await world.server.enteredRequest(request.hash, session: world.browser) == request)
    }

    @Test func `a denied code is denied for good`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        try await world.decide(started, approve: false)
        await expectRefusal(.accessDenied) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `a request is decided once`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let request = try await world.server.enterUserCode(
            started.userCode.display, session: world.browser, from: TestWorld.home
        )
        try await world.server.decide(request, approve: false, session: world.browser, from: TestWorld.home)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(request, approve: true, session: world.browser, from: TestWorld.home)
        }
        await expectRefusal(.noLongerPending) {
            try await world.server.enteredRequest(request.hash, session: world.browser)
        }
        await expectRefusal(.unknownUserCode) {
            try await world.server.enterUserCode(started.userCode.display, session: world.browser, from: TestWorld.home)
        }
        await expectRefusal(.accessDenied) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
    }

    @Test func `a session that did not enter the code cannot decide`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let other = try await world.anotherBrowser()
        let request = try await world.server.enterUserCode(
            started.userCode.display, session: world.browser, from: TestWorld.home
        )
        // The other session knows the request's name and never entered its code (CVE-2026-45337).
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(request, approve: true, session: other, from: TestWorld.home)
        }
        await expectRefusal(.noLongerPending) { try await world.server.enteredRequest(request.hash, session: other) }
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
    }

    @Test func `the session that entered the code last decides`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let other = try await world.anotherBrowser()
        let first = try await world.server.enterUserCode(
            started.userCode.display, session: world.browser, from: TestWorld.home
        )
        let second = try await world.server.enterUserCode(
            started.userCode.display, session: other, from: TestWorld.home
        )
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(first, approve: true, session: world.browser, from: TestWorld.home)
        }
        try await world.server.decide(second, approve: true, session: other, from: TestWorld.home)
        _ = try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
    }

    @Test func `an approval in the last second can be redeemed for a while`() async throws {
        let world = try await TestWorld.open()
        let (early, late) = (try await world.startDevice(), try await world.startDevice())
        world.clock.advance(by: 899.999)
        try await world.decide(early)
        try await world.decide(late)
        world.clock.advance(by: 60)
        _ = try await world.server.redeemDeviceCode(early.deviceCode, client: world.tool)
        world.clock.advance(by: 0.001)
        await expectRefusal(.expiredToken) {
            try await world.server.redeemDeviceCode(late.deviceCode, client: world.tool)
        }
    }

    @Test func `an expired request cannot be decided`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let request = try await world.server.enterUserCode(
            started.userCode.display, session: world.browser, from: TestWorld.home
        )
        world.clock.advance(by: 900)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(request, approve: true, session: world.browser, from: TestWorld.home)
        }
    }

    /// CVE-2023-2585.
    @Test func `another client's code is refused and stays good for its own client`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        for client in [world.otherTool, world.service] {
            await expectRefusal(.invalidGrant) { try await world.server.redeemDeviceCode(code, client: client) }
        }
        _ = try await world.server.redeemDeviceCode(code, client: world.tool)
    }

    @Test func `a code is redeemed once`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        let reply = try await world.server.redeemDeviceCode(code, client: world.tool)
        for _ in 0..<3 {
            await expectRefusal(.invalidGrant) { try await world.server.redeemDeviceCode(code, client: world.tool) }
        }
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
    }

    /// CVE-2026-88770, CVE-2026-1609.
    @Test func `an account that was disabled after the approval gets nothing`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        try await world.setAccount(active: false)
        await expectRefusal(.accessDenied) { try await world.server.redeemDeviceCode(code, client: world.tool) }
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `a client that was disabled after the approval gets nothing`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.accessDenied) { try await world.server.redeemDeviceCode(code, client: world.tool) }
        #expect(try await world.sessions().opened == 0)
    }

    @Test func `a disabled account cannot approve and a disabled client cannot be approved`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        let request = try await world.server.enterUserCode(
            started.userCode.display, session: world.browser, from: TestWorld.home
        )
        try await world.setAccount(active: false)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(request, approve: true, session: world.browser, from: TestWorld.home)
        }
        try await world.setAccount(active: true)
        try await world.setClient(world.tool, active: false)
        await expectRefusal(.noLongerPending) {
            try await world.server.decide(request, approve: true, session: world.browser, from: TestWorld.home)
        }
        await expectRefusal(.unknownUserCode) {
            try await world.server.enterUserCode(started.userCode.display, session: world.browser, from: TestWorld.home)
        }
    }

    @Test func `a lost reply is had again with the same idempotency key only, for a minute`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        let reply = try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        world.clock.advance(by: 59.999)
        let late = try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        #expect(late == reply.aged(by: 59))
        for key in [nil, "k2", "", "K1"] {
            await expectRefusal(.invalidGrant) {
                try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: key)
            }
        }
        await expectRefusal(.invalidGrant) {
            try await world.server.redeemDeviceCode(code, client: world.otherTool, idempotencyKey: "k1")
        }
        world.clock.advance(by: 0.001)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        }
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
    }

    @Test func `a reply is not kept beyond the first use of what it brought`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.approvedDeviceCode()
        let reply = try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        _ = try await world.server.refresh(try #require(reply.refreshToken), client: world.tool)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        }
    }
}
