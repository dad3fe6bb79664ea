import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct TokenRequestTests {
    private static func requests(_ client: ClientIdentity) throws -> TokenRequest {
        TokenRequest(endpoint: try #require(WebAddress("https://a.example/token")), client: client)
    }

    private static let key = HTTPField.Name("Idempotency-Key")

    @Test func `a refresh is a form with an idempotency key`() throws {
        let exchange = try Self.requests(ClientIdentity(id: "c")).refresh("rt", idempotencyKey: "k1")
        #expect(exchange.call.text == "grant_type=refresh_token&refresh_token=rt&client_id=c")
        #expect(exchange.call.request.headerFields[try #require(Self.key)] == "k1")
    }

    @Test func `a code is redeemed with its verifier and redirect URI`() throws {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = "https://a.example/authorize"
        let request = AuthorizationRequest(
            target: try AuthorizationRequest.Target(metadata), clientID: "c",
            redirectURI: "http://127.0.0.1:1/callback", scopes: Scopes(),
            random: RandomBytes(SystemRandomNumberGenerator()))
        let call = try Self.requests(ClientIdentity(id: "c"))
            .redeem(code: "co de", of: request, idempotencyKey: "k").call
        #expect(call.form[name: "grant_type"] == "authorization_code")
        #expect(call.form[name: "code"] == "co de")
        #expect(call.form[name: "redirect_uri"] == "http://127.0.0.1:1/callback")
        #expect(call.form[name: "code_verifier"] == request.verifier)
    }

    // RFC 6749 section 2.3.1: both halves form-encoded, then Basic. `s:p+c x` in form encoding is `s%3Ap%2Bc+x`.
    @Test func `a secret goes into the authorization field by default`() throws {
        let client = ClientIdentity(id: "my id", secret: "s:p+c x", methods: nil)
        let call = try Self.requests(client).refresh("rt", idempotencyKey: "k").call
        // echo -n 'my+id:s%3Ap%2Bc+x' | base64
        #expect(call.request.headerFields[.authorization] == "Basic bXkraWQ6cyUzQXAlMkJjK3g=")
        #expect(call.form[name: "client_id"] == nil)
        #expect(call.form[name: "client_secret"] == nil)
    }

    @Test func `a secret goes into the body where the server takes it only there`() throws {
        let client = ClientIdentity(id: "c", secret: "s", methods: ["client_secret_post"])
        let call = try Self.requests(client).refresh("rt", idempotencyKey: "k").call
        #expect(call.request.headerFields[.authorization] == nil)
        #expect(call.form[name: "client_secret"] == "s")
        let both = ClientIdentity(id: "c", secret: "s", methods: ["client_secret_post", "client_secret_basic"])
        #expect(both.authentication == .basic(secret: "s"))
    }

    @Test func `a reply without expiry and refresh token is good`() throws {
        let exchange = try Self.requests(ClientIdentity(id: "c")).refresh("rt", idempotencyKey: "k")
        let reply = try exchange.parse(.json(#"{"access_token":"a","token_type":"BEARER"}"#))
        #expect(reply == TokenReply(accessToken: "a", tokenType: "BEARER"))
    }

    @Test(arguments: [
        #"{"access_token":"a","token_type":"mac"}"#, #"{"access_token":"","token_type":"Bearer"}"#,
        #"{"access_token":"a\nb","token_type":"Bearer"}"#, #"{"token_type":"Bearer"}"#, "null", "",
        #"{"access_token":"a","token_type":"Bearer","refresh_token":"x y"}"#,
    ])
    func `a reply that is not usable is refused`(body: String) throws {
        let exchange = try Self.requests(ClientIdentity(id: "c")).refresh("rt", idempotencyKey: "k")
        let error = failure { () throws(ClientError) in try exchange.parse(.json(body)) }
        #expect(error?.code == .unexpectedReply)
    }

    @Test(arguments: [
        (HTTPReply.json(#"{"error":"invalid_grant"}"#, status: 400), ClientError.Code.refused),
        (.json(#"{"error":"temporarily_unavailable"}"#, status: 400), .serverFailure),
        (.json(#"{"error":"invalid_grant"}"#, status: 503), .serverFailure),
        (.of("", type: nil, status: 500), .serverFailure), (.of("", type: nil, status: 429), .serverFailure),
        (.of("moved", type: "text/plain", status: 302), .unexpectedReply),
        (.of("<html>", type: "text/html", status: 200), .unexpectedReply),
        (.of(#"{"error":"invalid_grant"}"#, type: "text/html", status: 400), .unexpectedReply),
    ])
    func `only an OAuth error is a definite answer`(reply: HTTPReply, code: ClientError.Code) throws {
        let exchange = try Self.requests(ClientIdentity(id: "c")).refresh("rt", idempotencyKey: "k")
        let error = failure { () throws(ClientError) in try exchange.parse(reply) }
        #expect(error?.code == code)
    }

    // RFC 7009 section 2.
    @Test func `a revocation is a form, and 200 is success whatever the body`() throws {
        let address = try #require(WebAddress("https://a.example/revoke"))
        let exchange = Revocation.revoke("rt", .refreshToken, at: address, as: ClientIdentity(id: "c"))
        #expect(exchange.call.text == "token=rt&token_type_hint=refresh_token&client_id=c")
        try exchange.parse(.of("", type: nil))
        let page = failure { () throws(ClientError) in try exchange.parse(.of("<p>", type: "text/html")) }
        #expect(page?.code == .unexpectedReply)
        let missing = failure { () throws(ClientError) in try exchange.parse(.of("", type: nil, status: 404)) }
        #expect(missing?.status == 404)
    }

    @Test func `userinfo is asked with the token, and 401 means that it is not good`() throws {
        let address = try #require(WebAddress("https://a.example/userinfo"))
        let exchange = UserInfo.ask(with: "at", at: address)
        #expect(exchange.call.request.headerFields[.authorization] == "Bearer at")
        let reply = try exchange.parse(.json(#"{"sub":"1","email":"a@b.example"}"#))
        #expect(reply == UserInfoReply(subject: "1", email: "a@b.example"))
        let error = failure { () throws(ClientError) in try exchange.parse(.of("", type: nil, status: 401)) }
        #expect(error?.code == .unauthorized)
        let coded = failure { () throws(ClientError) in
            try exchange.parse(.json(#"{"error":"invalid_token"}"#, status: 401))
        }
        #expect(coded?.code == .unauthorized)
    }

    @Test func `what has no answer is an error of the network`() async throws {
        let exchange = try Self.requests(ClientIdentity(id: "c")).refresh("rt", idempotencyKey: "k")
        let cases: [(TransportError.Code, ClientError.Code)] = [
            (.unreachable, .unreachable), (.timedOut, .unreachable), (.tls, .unreachable),
            (.tooLarge, .replyTooLarge), (.malformed, .unexpectedReply), (.cancelled, .cancelled),
        ]
        for (cause, expected) in cases {
            let transport = FakeTransport(results: [.failure(TransportError(cause, "words"))])
            let error = await failure { try await transport.perform(exchange) }
            #expect(error?.code == expected)
            #expect(error?.message == "a.example: words")
        }
    }
}
