import Testing

/// A reply that was lost on its way can be had again, by the same request with the same Idempotency-Key.
struct IdempotencyTests {
    private static let key = ["Idempotency-Key": "0123456789abcdef"]
    private static let otherKey = ["Idempotency-Key": "fedcba9876543210"]
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func expectSame(
        _ request: ([String: String]) async throws -> Reply, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let first = try await request(Self.key)
        #expect(first.status == 200, sourceLocation: sourceLocation)
        let again = try await request(Self.key)
        #expect(again.status == 200, sourceLocation: sourceLocation)
        #expect(again.text == first.text, sourceLocation: sourceLocation)
        expectError(try await request(Self.otherKey), 400, "invalid_grant", sourceLocation: sourceLocation)
        expectError(try await request([:]), 400, "invalid_grant", sourceLocation: sourceLocation)
    }

    @Test
    func `a device code's reply comes again, byte for byte`() async throws {
        let started = try await world.startDevice()
        _ = try await world.decide(started.text("user_code"))
        let code = try started.text("device_code")
        try await expectSame { try await world.poll(code, headers: $0) }
    }

    @Test
    func `an authorization code's reply comes again, byte for byte`() async throws {
        let code = try await world.authorizationCode()
        try await expectSame { try await world.redeem(code, headers: $0) }
    }

    @Test
    func `a refresh token's reply comes again, byte for byte`() async throws {
        let token = try await world.signIn().text("refresh_token")
        try await expectSame { try await world.refresh(token, headers: $0) }
    }

    @Test
    func `a refresh token's reply is gone once its successor was used`() async throws {
        let token = try await world.signIn().text("refresh_token")
        let second = try await world.refresh(token, headers: Self.key).text("refresh_token")
        _ = try await world.refresh(second)
        expectError(try await world.refresh(token, headers: Self.key), 400, "invalid_grant")
    }

    @Test(arguments: ["short", String(repeating: "x", count: 256), "0123456789 abcdef", "0123456789abcdef\u{E9}"])
    func `a key that is too short, too long or not visible is refused, and costs nothing`(key: String) async throws {
        let token = try await world.signIn().text("refresh_token")
        let reply = try await world.refresh(token, headers: ["Idempotency-Key": key])
        expectError(reply, 400, "invalid_request")
        #expect(try await world.refresh(token).status == 200)
    }
}
