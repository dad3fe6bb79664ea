import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct RequestGrantTests {
    /// One id is both in the page's address and the right to poll, but for the challenge.
    private static let single = RequestWire(
        start: RequestWire.Start(
            path: "/v2/request/start", challengeField: "code_challenge", idField: "requestId", lifeField: "expiresIn"),
        page: .built(path: "/confirm?requestId={id}"),
        poll: RequestWire.Poll(
            path: "/v2/request/status", idName: "requestId", words: RequestWire.Words(approved: "approved")))

    /// A public id, a secret to poll with, a code, and a page that the reply names.
    private static let split = RequestWire(
        start: RequestWire.Start(
            path: "/login?use_code=true", idField: "flow_id", secretField: "wait_secret", codeField: "code"),
        page: .given(field: "web_url"),
        poll: RequestWire.Poll(
            path: "/status", idName: "flow_id", secretName: "wait_secret",
            words: RequestWire.Words(approved: "complete", failed: ["failure"])),
        interval: .seconds(2), firstWait: .zero)

    private static func grant(_ wire: RequestWire) throws -> RequestGrant {
        let base = try #require(WebAddress("https://api.example.com"))
        let pages = try #require(WebAddress("https://app.example.com"))
        return RequestGrant(base: base, pages: pages, wire: wire)
    }

    private static let splitReply =
        #"{"flow_id":"f","wait_secret":"s3cr3t","web_url":"https://app.example.com/f","code":"AB12"}"#

    @Test func `the start carries a challenge, and the page has the id encoded`() throws {
        let verifier = String(repeating: "v", count: 43)
        let exchange = try Self.grant(Self.single).start(challenge: PKCE.challenge(for: verifier))
        #expect(exchange.call.request.method == .post)
        #expect(exchange.call.address == "https://api.example.com/v2/request/start")
        let challenge = PKCE.challenge(for: verifier)
        #expect(exchange.call.text == #"{"code_challenge":"\#(challenge)","code_challenge_method":"S256"}"#)
        var named = try Self.grant(Self.single)
        named.deviceName = "workbench"
        let call = try named.start(challenge: challenge).call
        #expect(call.text.contains(#""device_name":"workbench""#))
        let started = try exchange.parse(.json(#"{"requestId":"a&b=/c","expiresIn":600}"#))
        #expect(started.page.text == "https://app.example.com/confirm?requestId=a%26b%3D%2Fc")
        #expect(started.life == 600)
        #expect(started.secret == nil)
    }

    @Test func `the poll has the verifier in a header and never in the address`() throws {
        let grant = try Self.grant(Self.single)
        let started = try grant.start(challenge: nil).parse(.json(#"{"requestId":"id"}"#))
        let call = try grant.poll(started, verifier: "the-verifier", idempotencyKey: "k").call
        #expect(call.address == "https://api.example.com/v2/request/status?requestId=id")
        #expect(call.request.headerFields[try #require(HTTPField.Name("Code-Verifier"))] == "the-verifier")
        #expect(call.request.headerFields[try #require(HTTPField.Name("Idempotency-Key"))] == "k")
        #expect(call.request.headerFields[.authorization] == nil)
    }

    @Test func `a wire without a challenge has an empty body`() throws {
        let call = try Self.grant(Self.split).start(challenge: "x").call
        #expect(call.address == "https://api.example.com/login?use_code=true")
        #expect(call.body.isEmpty)
        #expect(try !Self.grant(Self.split).wantsChallenge)
    }

    @Test func `the secret polls, and the page is as the reply names it`() throws {
        let grant = try Self.grant(Self.split)
        let started = try grant.start(challenge: nil).parse(.json(Self.splitReply))
        #expect(started.page.text == "https://app.example.com/f")
        #expect(started.code == "AB12")
        #expect(started.life == 600)
        let call = try grant.poll(started, verifier: nil).call
        #expect(call.address == "https://api.example.com/status?flow_id=f&wait_secret=s3cr3t")
        #expect(!"\(call)".contains("s3cr3t"))
    }

    @Test func `a page on a stranger's host is refused unless the facts list it`() throws {
        let body = Self.splitReply.replacing("app.example.com", with: "evil.example.net")
        let grant = try Self.grant(Self.split)
        let error = failure { () throws(ClientError) in try grant.start(challenge: nil).parse(.json(body)) }
        #expect(error?.code == .foreignVerificationAddress)
        let listed = RequestGrant(
            base: grant.base, wire: grant.wire, verificationHosts: ["evil.example.net"])
        #expect(try listed.start(challenge: nil).parse(.json(body)).page.host == "evil.example.net")
    }

    @Test(arguments: [
        ("\"f\"", "\"\""), ("\"f\"", "\"a b\""), ("\"s3cr3t\"", "null"), ("\"AB12\"", "\"\\u001b[2J\""),
        ("https://", "http://"), ("\"https://app.example.com/f\"", "7"),
    ])
    func `a start that is not what it should be is refused`(old: String, new: String) throws {
        let grant = try Self.grant(Self.split)
        let body = Self.splitReply.replacing(old, with: new)
        let error = failure { () throws(ClientError) in try grant.start(challenge: nil).parse(.json(body)) }
        #expect(error?.code == .unexpectedReply)
    }

    @Test func `a life of zero is refused`() throws {
        let grant = try Self.grant(Self.single)
        let error = failure { () throws(ClientError) in
            try grant.start(challenge: nil).parse(.json(#"{"requestId":"id","expiresIn":0}"#))
        }
        #expect(error?.code == .unexpectedReply)
    }

    @Test(arguments: [404, 405])
    func `a server without this sign-in is told apart from one that fails`(status: Int) throws {
        let start = try Self.grant(Self.split).start(challenge: nil)
        let missing = failure { () throws(ClientError) in try start.parse(.of("x", type: "text/html", status: status)) }
        #expect(missing?.code == .unsupported)
        let failing = failure { () throws(ClientError) in try start.parse(.json("{}", status: 503)) }
        #expect(failing?.code == .serverFailure)
    }

    private static func poll(_ wire: RequestWire, _ reply: HTTPReply) throws -> DevicePoll {
        let grant = try grant(wire)
        let body = wire == single ? #"{"requestId":"id"}"# : splitReply
        let started = try grant.start(challenge: nil).parse(.json(body))
        return try grant.poll(started, verifier: nil).parse(reply)
    }

    @Test(arguments: [
        (#"{"status":"approved","token":"at"}"#, 200, DevicePoll.tokens(TokenReply(accessToken: "at"))),
        (#"{"status":"pending"}"#, 200, .pending), (#"{"status":"something new","token":"at"}"#, 200, .pending),
        ("{}", 200, .pending), (#"{"status":"denied"}"#, 200, .denied), (#"{"status":"expired"}"#, 200, .expired),
        ("{}", 404, .expired), ("{}", 410, .expired),
    ])
    func `a poll is read by its words`(body: String, status: Int, expected: DevicePoll) throws {
        #expect(try Self.poll(Self.single, .json(body, status: status)) == expected)
    }

    // A client that took the word of the failure for the token stored it and reported success.
    @Test(arguments: [#"{"status":"failure"}"#, #"{"status":"failure","token":"failure"}"#])
    func `a failure on the server is an error and never a token`(body: String) throws {
        let result = Result { try Self.poll(Self.split, .json(body)) }
        let error = #expect(throws: ClientError.self) { try result.get() }
        #expect(error?.code == .refused)
    }

    private static let reasoned = RequestWire(
        start: split.start, page: split.page,
        poll: RequestWire.Poll(
            path: "/status", idName: "flow_id", secretName: "wait_secret", reasonField: "reason",
            words: RequestWire.Words(approved: "complete", failed: ["failure"])))

    @Test(arguments: [
        (#"{"status":"failure","reason":"denied"}"#, DevicePoll.denied),
        (#"{"status":"failure","reason":"expired"}"#, .expired),
        (#"{"status":"pending","reason":"denied"}"#, .pending),
        (#"{"status":"complete","token":"at","reason":"denied"}"#, .tokens(TokenReply(accessToken: "at"))),
    ])
    func `a failure's reason says which it is, and makes nothing else of another word`(
        body: String, expected: DevicePoll
    ) throws {
        #expect(try Self.poll(Self.reasoned, .json(body)) == expected)
    }

    @Test(arguments: ["complete", "pending", "something new"])
    func `a failure with another reason stays a failure`(reason: String) throws {
        let body = #"{"status":"failure","reason":"\#(reason)","token":"at"}"#
        let result = Result { try Self.poll(Self.reasoned, .json(body)) }
        let error = #expect(throws: ClientError.self) { try result.get() }
        #expect(error?.code == .refused)
    }

    @Test(arguments: [
        #"{"status":"approved"}"#, #"{"status":"approved","token":""}"#, #"{"status":"approved","token":7}"#,
        #"{"status":"approved","token":"a b"}"#, #"{"status":"approved","token":"a\nb"}"#,
    ])
    func `an approval without a good token is an error`(body: String) throws {
        let result = Result { try Self.poll(Self.single, .json(body)) }
        let error = #expect(throws: ClientError.self) { try result.get() }
        #expect(error?.code == .unexpectedReply)
    }

    @Test func `a web page instead of a poll's answer is no answer`() throws {
        let result = Result { try Self.poll(Self.single, .of("<html>", type: "text/html")) }
        let error = #expect(throws: ClientError.self) { try result.get() }
        #expect(error?.code == .unexpectedReply)
    }

    private static func run(
        _ wire: RequestWire, _ results: [Result<HTTPReply, TransportError>], clock: InstantClock,
        limit: Duration? = nil
    ) async throws -> TokenReply {
        let grant = try grant(wire)
        let body = wire == single ? #"{"requestId":"id","expiresIn":10}"# : splitReply
        let started = try grant.start(challenge: nil).parse(.json(body))
        return try await grant.tokens(
            for: started, verifier: nil, limit: limit, over: FakeTransport(results: results), clock: clock)
    }

    @Test func `polls wait as the wire says, and a lost one is made up for`() async throws {
        let clock = InstantClock()
        let tokens = try await Self.run(
            Self.split,
            [
                .success(.json("{}")), .failure(TransportError(.unreachable, "down")),
                .success(.json(#"{"status":"complete","token":"at"}"#)),
            ], clock: clock)
        #expect(tokens.accessToken == "at")
        // At once, after the interval, and more slowly after a network error.
        #expect(clock.sleeps == [.zero, .seconds(2), .seconds(3)])
    }

    @Test func `only the server says that a request has expired, else the time is over`() async throws {
        let pending = Result<HTTPReply, TransportError>.success(.json("{}"))
        let gone = Result<HTTPReply, TransportError>.success(.json(#"{"status":"expired"}"#))
        let expired = await failure { try await Self.run(Self.single, [pending, gone], clock: InstantClock()) }
        #expect(expired?.code == .expired)
        #expect(expired?.message == "the request expired before it was approved")
        let over = await failure {
            try await Self.run(Self.single, Array(repeating: pending, count: 4), clock: InstantClock())
        }
        #expect(over?.code == .timedOut)
        #expect(over?.hint == "start again and approve it sooner")
        let limited = await failure {
            try await Self.run(
                Self.single, Array(repeating: pending, count: 2), clock: InstantClock(), limit: .seconds(5))
        }
        #expect(limited?.code == .timedOut)
    }
}
