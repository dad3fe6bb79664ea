import KeyfobClient
import KeyfobProtocol
import Testing

struct DevicePollingTests {
    private static let transport = WebAddress("https://a.example/token")
    private static let pending = HTTPReply.json(#"{"error":"authorization_pending"}"#, status: 400)
    private static let slowDown = HTTPReply.json(#"{"error":"slow_down"}"#, status: 400)
    private static let tokens = HTTPReply.json(#"{"access_token":"a","token_type":"Bearer"}"#)

    private static func grant() throws -> DeviceGrant {
        let address = try #require(transport)
        return DeviceGrant(
            authorizationEndpoint: address, tokenEndpoint: address, client: ClientIdentity(id: "c"))
    }

    private static func reply(expiresIn: Int = 600, interval: Int? = nil) -> DeviceAuthorizationReply {
        DeviceAuthorizationReply(
            deviceCode: "dc", userCode: "UC", verificationURI: "https://a.example/", expiresIn: expiresIn,
            interval: interval)
    }

    private static func answer(_ replies: [HTTPReply]) -> FakeTransport {
        FakeTransport(replies.map { reply in { _ in reply } })
    }

    // RFC 8628 section 3.2: "If no value is provided, clients MUST use 5 as the default."
    @Test func `polls are five seconds apart where the server does not say`() async throws {
        let clock = InstantClock()
        let transport = Self.answer([Self.pending, Self.pending, Self.tokens])
        let tokens = try await Self.grant().tokens(for: Self.reply(), over: transport, clock: clock)
        #expect(tokens == TokenReply(accessToken: "a"))
        #expect(clock.sleeps == [.seconds(5), .seconds(5), .seconds(5)])
    }

    // RFC 8628 section 3.5.
    @Test func `slow_down widens the interval by five seconds for good`() async throws {
        let clock = InstantClock()
        let transport = Self.answer([Self.pending, Self.slowDown, Self.pending, Self.slowDown, Self.tokens])
        _ = try await Self.grant().tokens(for: Self.reply(interval: 2), over: transport, clock: clock)
        #expect(clock.sleeps == [2, 2, 7, 7, 12].map { .seconds($0) })
    }

    @Test func `a network error is retried more slowly, and the pace recovers`() async throws {
        let clock = InstantClock()
        let down = TransportError(.timedOut, "slow")
        let transport = FakeTransport(results: [
            .failure(down), .failure(down), .success(.of("bad gateway", type: "text/html", status: 502)),
            .success(Self.pending), .success(Self.tokens),
        ])
        _ = try await Self.grant().tokens(for: Self.reply(interval: 5), over: transport, clock: clock)
        #expect(clock.sleeps == [5, 6, 7, 9, 5].map { .seconds($0) })
    }

    @Test func `polling ends when the code does, with a last poll then`() async throws {
        let clock = InstantClock()
        let transport = Self.answer([Self.pending, Self.pending, Self.pending])
        let error = await failure {
            try await Self.grant().tokens(for: Self.reply(expiresIn: 12), over: transport, clock: clock)
        }
        #expect(error?.code == .expired)
        #expect(clock.sleeps == [.seconds(5), .seconds(5), .seconds(2)])
        #expect(transport.unused == 0)
    }

    @Test func `a limit of the caller is a time-out, not an expiry`() async throws {
        let transport = Self.answer([Self.pending])
        let error = await failure {
            try await Self.grant().tokens(
                for: Self.reply(), limit: .seconds(3), over: transport, clock: InstantClock())
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `an unreachable server at the end is said, not an expiry`() async throws {
        let transport = FakeTransport(results: [.failure(TransportError(.unreachable, "down"))])
        let error = await failure {
            try await Self.grant().tokens(for: Self.reply(expiresIn: 5), over: transport, clock: InstantClock())
        }
        #expect(error?.code == .unreachable)
    }

    @Test(arguments: [("access_denied", ClientError.Code.denied), ("expired_token", .expired)])
    func `denial and expiry are different ends`(code: String, expected: ClientError.Code) async throws {
        let transport = Self.answer([.json(#"{"error":"\#(code)"}"#, status: 400)])
        let error = await failure {
            try await Self.grant().tokens(for: Self.reply(), over: transport, clock: InstantClock())
        }
        #expect(error?.code == expected)
    }

    @Test func `a web page in between ends polling with a clear error`() async throws {
        let transport = Self.answer([.of("<html>", type: "text/html")])
        let error = await failure {
            try await Self.grant().tokens(for: Self.reply(), over: transport, clock: InstantClock())
        }
        #expect(error?.code == .unexpectedReply)
        #expect(error?.message == "the server answered the token reply with a web page instead of JSON")
    }

    @Test func `a slow poll counts towards the code's life`() async throws {
        let clock = InstantClock()
        let transport = FakeTransport([
            { _ in
                clock.advance(by: .seconds(100))
                return Self.pending
            }
        ])
        let error = await failure {
            try await Self.grant().tokens(for: Self.reply(expiresIn: 60), over: transport, clock: clock)
        }
        #expect(error?.code == .expired)
    }

    @Test(arguments: [(0, 1), (-5, 1), (100_000, 300)])
    func `an absurd interval is bounded`(interval: Int, seconds: Int) {
        #expect(DevicePolling(Self.reply(interval: interval)).interval == .seconds(seconds))
    }

    @Test func `a cancelled task polls no more`() async throws {
        let transport = FakeTransport([])
        let grant = try Self.grant()
        let task = Task {
            try await grant.tokens(for: Self.reply(), over: transport, clock: ContinuousClock())
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.calls.isEmpty)
    }
}
