import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct ResourceRequestTests {
    private struct Thing: Decodable, Equatable {
        let name: String
    }

    private static func target(
        _ base: String = "https://api.example.com", scheme: TokenScheme = .bearer, unwrapsData: Bool = false
    ) throws -> ResourceRequest.Target {
        ResourceRequest.Target(
            base: try #require(WebAddress(base)), token: "at", scheme: scheme, unwrapsData: unwrapsData)
    }

    private static func read(_ reply: HTTPReply, unwrapsData: Bool = false) throws -> Thing {
        try ResourceRequest(.get, "/v1/thing").reading(Thing.self, at: target(unwrapsData: unwrapsData)).parse(reply)
    }

    private static func refusal(_ reply: HTTPReply) throws -> ClientError? {
        let exchange = try ResourceRequest(.get, "/v1/thing").reading(Thing.self, at: target())
        return failure { () throws(ClientError) in try exchange.parse(reply) }
    }

    @Test func `values in a path stay in their segment`() throws {
        let path: ResourcePath = "/v1/organizations/\("a/../b?c#d e")/keys/\("..")"
        #expect(path.text == "/v1/organizations/a%2F..%2Fb%3Fc%23d%20e/keys/%2E%2E")
        let call = try ResourceRequest(.delete, path).accepted(at: Self.target("https://api.example.com/base/")).call
        #expect(call.address == "https://api.example.com/base\(path)")
        #expect(call.request.method == .delete)
    }

    @Test func `a path that would lead to another host is refused`() throws {
        for path in [".evil.example/x", "@evil.example/x", ":1/x", "x"] {
            let request = ResourceRequest(.get, ResourcePath(verbatim: path))
            let target = try Self.target()
            let error = failure { () throws(ClientError) in try request.accepted(at: target) }
            #expect(error?.code == .invalidAddress)
        }
    }

    @Test func `a token is presented as the service wants it`() throws {
        let bearer = try ResourceRequest(.get, "/x").accepted(at: Self.target()).call
        let bare = try ResourceRequest(.get, "/x").accepted(at: Self.target(scheme: .bare)).call
        #expect(bearer.request.headerFields[.authorization] == "Bearer at")
        #expect(bare.request.headerFields[.authorization] == "at")
    }

    @Test func `a body is JSON, and a request without one says so by having none`() throws {
        let with = try ResourceRequest(.post, "/x", json: ["name": "n"]).accepted(at: Self.target()).call
        #expect(with.text == #"{"name":"n"}"#)
        #expect(with.request.headerFields[.contentType] == "application/json")
        let without = try ResourceRequest(.post, "/x").accepted(at: Self.target()).call
        #expect(without.body.isEmpty)
        #expect(without.request.headerFields[.contentType] == nil)
    }

    @Test func `a reply is read bare or out of its wrapping`() throws {
        #expect(try Self.read(.json(#"{"name":"n"}"#)) == Thing(name: "n"))
        #expect(try Self.read(.json(#"{"data":{"name":"n"}}"#), unwrapsData: true) == Thing(name: "n"))
        #expect(try Self.read(.json(#"{"name":"n"}"#), unwrapsData: true) == Thing(name: "n"))
        // Beside a total, "data" is a field of the reply itself.
        let page = Result { try Self.read(.json(#"{"data":{"name":"n"},"total":1}"#), unwrapsData: true) }
        #expect(throws: ClientError.self) { try page.get() }
    }

    @Test(arguments: [
        (401, ClientError.Code.unauthorized), (403, .forbidden), (404, .notFound), (400, .refused), (402, .refused),
        (409, .refused), (429, .serverFailure), (500, .serverFailure), (503, .serverFailure), (302, .unexpectedReply),
    ])
    func `the status decides, whatever the body says`(status: Int, code: ClientError.Code) throws {
        for body in [#"{"error":"invalid_token"}"#, #"{"error":"Some words","code":"401"}"#, "{}", ""] {
            let error = try Self.refusal(.json(body, status: status))
            #expect(error?.code == code)
            #expect(error?.status == status)
        }
    }

    @Test(arguments: [
        (#"{"error":"Your plan ended","code":"402"}"#, "Your plan ended", "402"),
        (#"{"error":{"message":"No such field","code":7}}"#, "No such field", "7"),
        (#"{"message":"Not yours"}"#, "Not yours", nil),
        (#"{"error":"insufficient_scope","error_description":"needs more"}"#, "needs more", nil),
        (#"{"error":"forbidden"}"#, "forbidden", nil),
        (#"{"error":[1],"message":["x"]}"#, nil, nil),
        ("not json", nil, nil),
    ])
    func `the server's words are taken from where they are`(body: String, text: String?, code: String?) throws {
        let error = try Self.refusal(.json(body, status: 403))
        #expect(error?.serverText == text)
        #expect(error?.serverCode == code)
        #expect(text.map { error?.message.hasSuffix(": \($0)") == true } ?? true)
    }

    @Test func `plain text is words, and a web page is none`() throws {
        let plain = try Self.refusal(.of("relation\r\n\u{1b}[2J missing", type: "text/plain", status: 400))
        #expect(plain?.serverText == "relation[2J missing")
        let page = try Self.refusal(.of("<html>words</html>", type: "text/html", status: 403))
        #expect(page?.serverText == nil)
        #expect(page?.code == .forbidden)
    }

    @Test func `words are bounded`() throws {
        let long = String(repeating: "w", count: 100_000)
        #expect(try Self.refusal(.json(#"{"error":"\#(long)"}"#, status: 400))?.serverText?.count == 300)
        #expect(try Self.refusal(.of(long, type: "text/plain", status: 400))?.serverText?.count == 300)
    }

    @Test func `an OAuth error keeps its code`() throws {
        let error = try Self.refusal(.json(#"{"error":"insufficient_scope"}"#, status: 403))
        #expect(error?.oauthError == .insufficientScope)
        #expect(try Self.refusal(.json(#"{"error":"Sorry, no"}"#, status: 403))?.oauthError == nil)
    }

    @Test func `a web page with status 200 is no answer`() throws {
        #expect(try Self.refusal(.of("<html>", type: "text/html"))?.code == .unexpectedReply)
        let accepted = try ResourceRequest(.post, "/x").accepted(at: Self.target())
        let error = failure { () throws(ClientError) in try accepted.parse(.of("<html>", type: "text/html")) }
        #expect(error?.code == .unexpectedReply)
        try accepted.parse(.of("", type: nil, status: 204))
    }

    @Test func `an error never shows the query`() throws {
        let path: ResourcePath = "/x?secret=\("s3cr3t")"
        let exchange = try ResourceRequest(.get, path).reading(Thing.self, at: Self.target())
        let error = failure { () throws(ClientError) in try exchange.parse(.json("[]")) }
        #expect(error?.message.contains("s3cr3t") == false)
    }

    @Test func `what can be repeated is repeated, until it is answered`() async throws {
        let transport = FakeTransport(results: [
            .success(.json("{}", status: 503)), .failure(TransportError(.unreachable, "down")),
            .success(.json(#"{"name":"n"}"#)),
        ])
        let exchange = try ResourceRequest(.get, "/x").reading(Thing.self, at: Self.target())
        let clock = InstantClock()
        let found = try await transport.perform(exchange, retrying: Retries(limit: 3), clock: clock)
        #expect(found == Thing(name: "n"))
        #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    }

    @Test func `what can't be repeated, was decided, or is over the limit is not repeated`() async throws {
        for (method, status, calls) in [
            (ResourceRequest.Method.post, 503, 1), (.patch, 503, 1), (.get, 403, 1), (.delete, 503, 3),
        ] {
            let transport = FakeTransport(Array(repeating: { _ in .json("{}", status: status) }, count: calls))
            let exchange = try ResourceRequest(method, "/x").accepted(at: Self.target())
            let error = await failure {
                try await transport.perform(exchange, retrying: Retries(limit: 2), clock: InstantClock())
            }
            #expect(error?.status == status)
            #expect(transport.unused == 0)
        }
    }
}
