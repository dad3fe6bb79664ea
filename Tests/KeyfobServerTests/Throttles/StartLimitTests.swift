import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

/// How many sign-ins of programs one network can begin.
struct StartLimitTests {
    private let world: TestWorld

    init() async throws {
        var policy = Policy()
        policy.startedRequests = 3
        world = try await TestWorld.open(policy: policy)
    }

    private func start(from address: String?) async throws {
        _ = try await world.server.startDeviceAuthorization(
            client: world.tool, scope: nil, from: Requester(address: address)
        )
    }

    @Test func `a flood from one network ends, and leaves the others alone`() async throws {
        for _ in 0..<3 { try await start(from: "192.0.2.1") }
        await expectRefusal(.throttled(seconds: 900)) { try await start(from: "192.0.2.1") }
        await expectRefusal(.throttled(seconds: 900)) { try await start(from: "::ffff:192.0.2.1") }
        try await start(from: "192.0.2.2")
        world.clock.advance(by: 900)
        try await start(from: "192.0.2.1")
    }

    @Test func `browser requests and device codes are counted together`() async throws {
        let client = try await world.client("pages") { $0.browserRequests = BrowserRequestPolicy() }
        let wire = BrowserRequest.Wire(hasPollSecret: true, hasCode: false, challenge: nil)
        let requester = Requester(address: "2001:db8::1")
        for _ in 0..<2 { _ = try await world.server.startBrowserRequest(client: client, wire: wire, from: requester) }
        try await start(from: "2001:db8::2")
        await expectRefusal(.throttled(seconds: 900)) { try await start(from: "2001:db8::3") }
        await expectRefusal(.throttled(seconds: 900)) {
            try await world.server.startBrowserRequest(client: client, wire: wire, from: requester)
        }
        try await start(from: "2001:db8:0:1::1")
    }

    @Test(arguments: ["127.0.0.1", "::1", "::ffff:127.0.0.1", nil])
    func `this machine has no such limit, since a proxy may stand for everyone`(address: String?) async throws {
        for _ in 0..<5 { try await start(from: address) }
    }

    @Test func `a refused start leaves no row`() async throws {
        for _ in 0..<3 { try await start(from: "192.0.2.1") }
        await expectRefusal(.throttled(seconds: 900)) { try await start(from: "192.0.2.1") }
        let rows = try await world.database.read { try $0.execute("SELECT hash FROM device_authorizations").count }
        #expect(rows == 3)
    }
}
