import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

struct CleanUpTests {
    private static func count(_ world: TestWorld, _ sql: StaticString) async throws -> Int {
        try await world.database.read { try $0.execute(sql).count }
    }

    @Test func `what is live or recent is left alone`() async throws {
        let world = try await TestWorld.open()
        let pending = try await world.startDevice()
        let code = try await world.authorizationCode()
        let reply = try await world.signIn()
        try await world.server.revoke(reply.accessToken, client: world.tool)
        await expectRefusal(.wrongPassword) {
            try await world.server.signIn(username: "ada", password: "wrong password", from: TestWorld.home)
        }
        #expect(try await world.server.cleanUp() == 0)
        _ = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        await expectRefusal(.authorizationPending) {
            try await world.server.redeemDeviceCode(pending.deviceCode, client: world.tool)
        }
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
    }

    @Test func `a device's request goes an hour after its life, so that late polls are told of the expiry`()
        async throws
    {
        let world = try await TestWorld.open()
        let started = try await world.startDevice()
        world.clock.advance(by: 900 + 3599.999)
        // The count of what the network has begun; the request itself stays.
        #expect(try await world.server.cleanUp() == 1)
        await expectRefusal(.expiredToken) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
        world.clock.advance(by: 0.001)
        #expect(try await world.server.cleanUp() == 1)
        await expectRefusal(.invalidGrant) {
            try await world.server.redeemDeviceCode(started.deviceCode, client: world.tool)
        }
    }

    @Test func `a redeemed code is known for a day, so that its replay ends the session`() async throws {
        let world = try await TestWorld.open()
        let code = try await world.authorizationCode()
        let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        world.clock.advance(by: 60 + 86_400 - 0.001)
        _ = try await world.server.cleanUp()
        await expectRefusal(.invalidGrant) {
            try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        }
        await expectRefusal(.invalidGrant) {
            try await world.server.refresh(try #require(reply.refreshToken), client: world.tool)
        }
        world.clock.advance(by: 0.001)
        #expect(try await world.server.cleanUp() == 1)
    }

    @Test func `a revoked token stays revoked until it would have expired anyway`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        try await world.server.revoke(reply.accessToken, client: world.tool)
        world.clock.advance(by: 899.999)
        _ = try await world.server.cleanUp()
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        world.clock.advance(by: 0.001)
        // The revoked token, and the count of what the network has begun.
        #expect(try await world.server.cleanUp() == 2)
        #expect(try await world.server.accessGrant(reply.accessToken) == nil)
        #expect(try await Self.count(world, "SELECT id FROM revoked_tokens") == 0)
    }

    @Test func `a session of 29 days without use can still be refreshed, and a token without end is good`() async throws
    {
        let world = try await TestWorld.open()
        let endless = try await world.client("endless") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        }
        let (signed, opaque) = (try await world.signIn(), try await world.signIn(endless))
        world.clock.advance(by: 29 * 86_400)
        _ = try await world.server.cleanUp()
        _ = try await world.server.refresh(try #require(signed.refreshToken), client: world.tool)
        #expect(try await world.server.accessGrant(opaque.accessToken) != nil)
    }

    @Test(arguments: [AccessTokenPolicy.jwt(life: 600), .opaque(AccessTokenPolicy.standardOpaqueFormat, life: 600)])
    func `a session of an access token alone goes a day after that token`(token: AccessTokenPolicy) async throws {
        let world = try await TestWorld.open()
        let client = try await world.client("brief") {
            $0.grants = [.deviceCode]
            $0.accessToken = token
        }
        let reply = try await world.signIn(client)
        #expect(reply.refreshToken == nil)
        world.clock.advance(by: 599)
        _ = try await world.server.cleanUp()
        #expect(try await world.server.accessGrant(reply.accessToken) != nil)
        world.clock.advance(by: 1 + 86_400 - 0.001)
        _ = try await world.server.cleanUp()
        _ = try await world.server.cleanUp()
        #expect(try await world.sessions() == Sessions(opened: 1, live: 1))
        world.clock.advance(by: 0.001)
        _ = try await world.server.cleanUp()
        #expect(try await world.sessions() == Sessions(opened: 0, live: 0))
    }

    @Test func `everything short-lived is gone in the end`() async throws {
        let world = try await TestWorld.open()
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: 60)
        }
        _ = try await world.signIn(opaque)
        let code = try await world.approvedDeviceCode()
        _ = try await world.server.redeemDeviceCode(code, client: world.tool, idempotencyKey: "k1")
        _ = try await world.authorizationCode()
        await expectRefusal(.wrongPassword) {
            try await world.server.signIn(username: "ada", password: "wrong password", from: TestWorld.home)
        }
        world.clock.advance(by: 2 * 86_400)
        // Two device requests, a code, a browser session, an opaque token, a kept reply, three throttles.
        #expect(try await world.server.cleanUp() == 9)
        #expect(try await world.server.cleanUp() == 0)
        #expect(try await Self.count(world, "SELECT id FROM accounts") == 1)
        #expect(try await world.sessions() == Sessions(opened: 2, live: 2))
    }

    @Test func `the kept reply of a session that nobody can refresh any more goes`() async throws {
        let world = try await TestWorld.open()
        let token = try #require(try await world.signIn().refreshToken)
        _ = try await world.server.refresh(token, client: world.tool, idempotencyKey: "k1")
        world.clock.advance(by: 31 * 86_400)
        _ = try await world.server.cleanUp()
        #expect(try await Self.count(world, "SELECT sealed FROM replies") == 0)
    }

    @Test func `a batch takes no more than it may`() async throws {
        let world = try await TestWorld.open()
        for _ in 0..<5 {
            // From this machine, of which nothing is counted.
            _ = try await world.server.startDeviceAuthorization(
                client: world.tool, scope: nil, from: Requester(address: "127.0.0.1")
            )
        }
        world.clock.advance(by: 4500)
        var batches: [Int] = []
        for _ in 0..<4 {
            batches.append(try await world.server.cleanUp(batch: 2))
        }
        #expect(batches == [2, 2, 1, 0])
    }
}
