import KeyfobProtocol
import KeyfobServer
import Testing

/// Every single-use right against many who want it at the same time; what counts is distinct sets of tokens.
struct ExactlyOnceTests {
    private static let codes = 200
    private static let redeemers = 16

    /// How many distinct sets of tokens each code brought.
    private static func storm(
        _ codes: [String], _ redeem: @escaping @Sendable (String) async throws -> TokenReply
    ) async -> [Int] {
        let winners = await withTaskGroup { group in
            for code in codes {
                for _ in 0..<redeemers {
                    group.addTask { (code, try? await redeem(code).refreshToken) }
                }
            }
            return await group.reduce(into: [String: Set<String>]()) { winners, result in
                if let token = result.1 { winners[result.0, default: []].insert(token) }
            }
        }
        return codes.map { winners[$0]?.count ?? 0 }
    }

    @Test func `200 device codes, 16 redeemers each, one winner each`() async throws {
        let world = try await TestWorld.open()
        var codes: [String] = []
        for _ in 0..<Self.codes {
            codes.append(try await world.approvedDeviceCode())
        }
        let counts = await Self.storm(codes) { try await world.server.redeemDeviceCode($0, client: world.tool) }
        #expect(counts == Array(repeating: 1, count: Self.codes))
        #expect(try await world.sessions() == Sessions(opened: Self.codes, live: Self.codes))
    }

    @Test func `200 authorization codes, 16 redeemers each, one winner each`() async throws {
        let world = try await TestWorld.open()
        var codes: [String] = []
        for _ in 0..<Self.codes {
            codes.append(try await world.authorizationCode())
        }
        let counts = await Self.storm(codes) {
            try await world.server.redeem(TestWorld.redemption($0), client: world.tool)
        }
        #expect(counts == Array(repeating: 1, count: Self.codes))
        #expect(try await world.sessions() == Sessions(opened: Self.codes, live: Self.codes))
    }

    @Test func `repeats with one idempotency key share one set of tokens`() async throws {
        let world = try await TestWorld.open()
        var codes: [String] = []
        for _ in 0..<20 {
            codes.append(try await world.approvedDeviceCode())
        }
        let counts = await Self.storm(codes) {
            try await world.server.redeemDeviceCode($0, client: world.tool, idempotencyKey: "key")
        }
        #expect(counts == Array(repeating: 1, count: 20))
        #expect(try await world.sessions() == Sessions(opened: 20, live: 20))
    }

    @Test func `a request that is approved and denied at once is decided once`() async throws {
        let world = try await TestWorld.open()
        for _ in 0..<20 {
            let started = try await world.startDevice()
            let request = try await world.server.enterUserCode(
                started.userCode.display, session: world.browser, from: TestWorld.home
            )
            let decisions = await withTaskGroup { group in
                for index in 0..<Self.redeemers {
                    group.addTask {
                        let decision: Void? = try? await world.server.decide(
                            request, approve: index.isMultiple(of: 2), session: world.browser, from: TestWorld.home
                        )
                        return decision == nil ? 0 : 1
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(decisions == 1)
        }
    }
}
