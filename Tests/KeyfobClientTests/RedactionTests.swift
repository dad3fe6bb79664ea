import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct RedactionTests {
    private static let secret = "s3cr3t-value"

    private static func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    @Test func `a client's secret is in no description`() {
        let client = ClientIdentity(id: "c", secret: Self.secret, methods: nil)
        for text in Self.texts(of: client) { #expect(!text.contains(Self.secret)) }
    }

    @Test func `an authorization request shows neither state nor verifier`() throws {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = "https://a.example/authorize"
        let request = AuthorizationRequest(
            target: try AuthorizationRequest.Target(metadata), clientID: "c", redirectURI: "http://127.0.0.1/",
            scopes: Scopes(), random: RandomBytes(SystemRandomNumberGenerator()))
        for text in Self.texts(of: request) {
            #expect(!text.contains(request.state))
            #expect(!text.contains(request.verifier))
        }
    }

    @Test func `a call and a reply show no body, field or query`() throws {
        let address = try #require(WebAddress("https://a.example/x?token=\(Self.secret)"))
        var call = HTTPCall.get(address, bearer: Self.secret)
        call.body = Array(Self.secret.utf8)
        let reply = HTTPReply.json(#"{"access_token":"\#(Self.secret)"}"#)
        for text in ["\(call)", String(reflecting: call), "\(reply)", String(reflecting: reply)] {
            #expect(!text.contains(Self.secret))
        }
        #expect("\(call)" == "GET https://a.example/x")
    }

    @Test func `a server's text can't command the terminal through an error`() throws {
        let exchange = UserInfo.ask(with: "x", at: try #require(WebAddress("https://a.example/u")))
        let body = "{\"error\":\"bad\",\"error_description\":\"\\u001b[2Jboo\\u202e\"}"
        let error = failure { () throws(ClientError) in try exchange.parse(.json(body, status: 400)) }
        #expect(error?.message == "the server refused: bad: [2Jboo")
    }

    @Test func `a started request and an exchanged token show no secret`() throws {
        let wire = RequestWire(
            start: RequestWire.Start(path: "/start", idField: "id", secretField: "secret"),
            page: .built(path: "/page?id={id}"),
            poll: RequestWire.Poll(path: "/poll", idName: "id", words: RequestWire.Words(approved: "yes")))
        let base = try #require(WebAddress("https://a.example"))
        let body = #"{"id":"\#(Self.secret)","secret":"\#(Self.secret)"}"#
        let started = try RequestGrant(base: base, wire: wire).start(challenge: nil).parse(.json(body))
        let exchange = TokenExchange(path: "/exchange", replyPaths: [["token"]])
        let reply = try exchange.exchange("x", at: base).parse(.json(#"{"token":"\#(Self.secret)"}"#))
        for text in Self.texts(of: started) + Self.texts(of: reply) { #expect(!text.contains(Self.secret)) }
    }

    // A gateway that leads from one scheme to the other repeats the query, and with it the secret to poll with.
    @Test func `an error about a redirect does not show the query that it repeats`() throws {
        let exchange = UserInfo.ask(with: "x", at: try #require(WebAddress("https://a.example/u")))
        var reply = HTTPReply.of("", type: nil, status: 301)
        reply.response.headerFields[.location] = "https://b.example/u?wait_secret=\(Self.secret)#\(Self.secret)"
        let error = failure { () throws(ClientError) in try exchange.parse(reply) }
        #expect(error?.message == "the server redirects the user information to https://b.example/u")
    }

    private static let token = "pat_0123456789abcdef"

    @Test func `a server that repeats a token does not get it into an error`() async throws {
        let base = try #require(WebAddress("https://a.example"))
        let body = #"{"error":"no such token: \#(Self.token)","code":"\#(Self.token)"}"#
        let refusal = HTTPReply.json(body, status: 401)
        let asked = try ResourceRequest(.get, "/me").accepted(at: .init(base: base, token: Self.token, scheme: .bare))
        let exchanged = try TokenExchange(path: "/x", replyPaths: [["t"]]).exchange(Self.token, at: base)
        let client = ClientIdentity(id: "client-0123456789abcdef")
        let revoked = Revocation.revoke(Self.token, nil, at: base, as: client)
        let transport = FakeTransport([
            { _ in refusal }, { _ in refusal },
            { _ in
                .json(#"{"error":"invalid_client","error_description":"\#(Self.token) \#(client.id)"}"#, status: 400)
            },
        ])
        let first = await failure { try await transport.perform(asked) }
        #expect(first?.message == "the server does not accept the token: no such token: <redacted>")
        #expect(first?.serverText == "no such token: <redacted>")
        #expect(first?.serverCode == "<redacted>")
        let second = await failure { _ = try await transport.perform(exchanged) }
        #expect(second?.serverText == "no such token: <redacted>")
        let third = await failure { try await transport.perform(revoked) }
        #expect(third?.message == "the server refused: invalid_client: <redacted> client-0123456789abcdef")
        #expect(third?.oauthError == .invalidClient)
    }
}
