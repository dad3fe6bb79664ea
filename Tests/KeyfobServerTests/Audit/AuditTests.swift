import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What happened and that it was written down are one transaction: neither is there without the other.
struct AuditTests {
    /// Runs something while no event can be written, and expects it to fail.
    private static func withoutAudit<Result>(_ world: TestWorld, _ body: () async throws -> Result) async throws {
        try await world.database.write { try $0.execute("ALTER TABLE audit_events RENAME TO set_aside") }
        await #expect(throws: SQLError.self) { _ = try await body() }
        try await world.database.write { try $0.execute("ALTER TABLE set_aside RENAME TO audit_events") }
    }

    @Test func `a whole life is written down in its order`() async throws {
        let world = try await TestWorld.open()
        let before = try await world.events().count
        let reply = try await world.signIn()
        try await world.decide(try await world.startDevice(), approve: false)
        let code = try await world.authorizationCode()
        _ = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        let request = try await world.server.authorizationRequest(world.query())
        _ = try await world.server.deny(request, session: world.browser, from: TestWorld.home)
        try await world.server.revoke(reply.accessToken, client: world.tool)
        try await world.server.revoke(try #require(reply.refreshToken), client: world.tool)
        await expectRefusal(.wrongPassword) {
            try await world.server.signIn(username: "ada", password: "wrong password", from: TestWorld.home)
        }
        try await world.server.signOut(world.browser, from: TestWorld.home)
        #expect(
            try await world.events().dropFirst(before) == [
                "device.approved", "session.opened", "device.denied", "authorization.approved", "session.opened",
                "authorization.denied", "token.revoked", "session.ended", "browser.sign-in-failed",
                "browser.signed-out",
            ]
        )
    }

    @Test func `an event names who, through what and from where`() async throws {
        let world = try await TestWorld.open()
        _ = try await world.signIn()
        let row = try await world.database.read {
            try $0.first(
                "SELECT at, account_id, client_id, session_id, address FROM audit_events WHERE kind = 'session.opened'"
            )
        }
        let event = try #require(row)
        #expect(try event.integer("at") == Int64(world.clock.seconds) * 1000)
        #expect(try event.text("account_id") == world.person.id)
        #expect(try event.text("client_id") == "tool")
        #expect(try event.text("address") == "192.0.2.7")
        #expect(try !event.text("session_id").isEmpty)
    }

    @Test func `a wrong user code is not written down as a failed sign-in`() async throws {
        let world = try await TestWorld.open()
        await expectRefusal(.unknownUserCode) {
            try await world.server.enterUserCode("BBBB-BBBB", session: world.browser, from: TestWorld.home)
        }
        let last = try #require(try await world.events().last)
        #expect(last.hasPrefix("device."))
    }

    @Test func `a decision that cannot be written down is not made`() async throws {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        try await Self.withoutAudit(world) { try await world.decide(started) }
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
        let request = try await world.server.authorizationRequest(world.query())
        try await Self.withoutAudit(world) {
            try await world.server.approve(request, session: world.browser, from: TestWorld.home)
        }
        let codes = try await world.database.read { try $0.execute("SELECT hash FROM authorization_codes").count }
        #expect(codes == 0)
    }

    /// pipeshub-ai/pipeshub-ai#3197: what fails after a code was consumed loses nothing.
    @Test func `a redemption that cannot be written down leaves the code good`() async throws {
        let world = try await TestWorld.open()
        let deviceCode = try await world.approvedDeviceCode()
        let code = try await world.authorizationCode()
        try await Self.withoutAudit(world) { try await world.server.redeemDeviceCode(deviceCode, client: world.tool) }
        try await Self.withoutAudit(world) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        #expect(try await world.sessions().opened == 0)
        _ = try await world.server.redeemDeviceCode(deviceCode, client: world.tool)
        _ = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
    }

    @Test func `an end that cannot be written down does not come`() async throws {
        let world = try await TestWorld.open()
        let first = try #require(try await world.signIn().refreshToken)
        let second = try #require(try await world.server.refresh(first, client: world.tool).refreshToken)
        let third = try await world.server.refresh(second, client: world.tool)
        let newest = try #require(third.refreshToken)
        try await Self.withoutAudit(world) { try await world.server.refresh(first, client: world.tool) }
        try await Self.withoutAudit(world) { try await world.server.revoke(newest, client: world.tool) }
        try await Self.withoutAudit(world) { try await world.server.revoke(third.accessToken, client: world.tool) }
        #expect(try await world.server.accessGrant(third.accessToken) != nil)
        _ = try await world.server.refresh(newest, client: world.tool)
    }

    @Test func `nobody is signed in or added without a trace`() async throws {
        let world = try await TestWorld.open()
        let sessions = try await world.database.read { try $0.execute("SELECT hash FROM browser_sessions").count }
        try await Self.withoutAudit(world) { try await world.anotherBrowser() }
        try await Self.withoutAudit(world) { try await world.server.addAccount(username: "bob", password: "12345678") }
        try await Self.withoutAudit(world) { try await world.client("new") { _ in } }
        try await Self.withoutAudit(world) { try await world.server.signOut(world.browser, from: TestWorld.home) }
        #expect(
            try await world.database.read { try $0.execute("SELECT hash FROM browser_sessions").count } == sessions
        )
        #expect(try await world.database.read { try $0.execute("SELECT id FROM accounts").count } == 1)
        #expect(try await world.server.client("new") == nil)
    }
}
