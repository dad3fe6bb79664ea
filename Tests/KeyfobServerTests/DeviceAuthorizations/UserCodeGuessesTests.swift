import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 8628 section 5.1](https://www.rfc-editor.org/rfc/rfc8628#section-5.1).
struct UserCodeGuessesTests {
    @Test func `wrong user codes are limited by session, also when they come at once`() async throws {
        var policy = Policy()
        policy.userCodeAttempts = 5
        let world = try await TestWorld.open(policy: policy)
        let started = try await world.startDevice()
        let codes = await withTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    try? await refusal {
                        try await world.server.enterUserCode("BBBB-BBBB", session: world.browser, from: TestWorld.home)
                    }.code
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == .unknownUserCode } == 5)
        #expect(codes.count { $0 == .throttled(seconds: 900) } == 35)
        await expectRefusal(.throttled(seconds: 900)) {
            try await world.server.enterUserCode(started.userCode.display, session: world.browser, from: TestWorld.home)
        }
        let other = try await world.anotherBrowser()
        _ = try await world.server.enterUserCode(started.userCode.display, session: other, from: TestWorld.home)
    }

    @Test func `a right user code does not reset the count of wrong ones`() async throws {
        var policy = Policy()
        policy.userCodeAttempts = 2
        let world = try await TestWorld.open(policy: policy)
        let started = try await world.startDevice()
        for code in ["BBBB-BBBB", "not a code!"] {
            _ = try await world.server.enterUserCode(
                started.userCode.display, session: world.browser, from: TestWorld.home
            )
            await expectRefusal(.unknownUserCode) {
                try await world.server.enterUserCode(code, session: world.browser, from: TestWorld.home)
            }
        }
        await expectRefusal(.throttled(seconds: 900)) {
            try await world.server.enterUserCode(started.userCode.display, session: world.browser, from: TestWorld.home)
        }
        world.clock.advance(by: 900)
        await expectRefusal(.unknownUserCode) {
            try await world.server.enterUserCode("BBBB-BBBB", session: world.browser, from: TestWorld.home)
        }
    }
}
