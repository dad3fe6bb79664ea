import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct DiscoveryTests {
    private static func document(_ issuer: String) -> String {
        #"{"issuer":"\#(issuer)","token_endpoint":"\#(issuer)/token"}"#
    }

    // RFC 8414 section 3.1: the example of the specification, and OpenID Connect Discovery section 4.1.
    @Test(arguments: [
        (
            "https://example.com/issuer1", "https://example.com/.well-known/oauth-authorization-server/issuer1",
            "https://example.com/issuer1/.well-known/openid-configuration"
        ),
        (
            "https://example.com", "https://example.com/.well-known/oauth-authorization-server",
            "https://example.com/.well-known/openid-configuration"
        ),
        (
            "https://example.com/a/", "https://example.com/.well-known/oauth-authorization-server/a",
            "https://example.com/a/.well-known/openid-configuration"
        ),
    ])
    func `the path form is asked first, then the appended one`(
        issuer: String, first: String, second: String
    ) throws {
        let exchanges = Discovery.exchanges(for: try Issuer(issuer))
        #expect(exchanges.map(\.call.address) == [first, second])
        #expect(exchanges.map(\.call.request.method) == [.get, .get])
    }

    @Test func `metadata is found at the first address`() async throws {
        let transport = FakeTransport([{ _ in .json(Self.document("https://a.example")) }])
        let metadata = try await transport.metadata(of: Issuer("https://a.example"))
        #expect(metadata.tokenEndpoint == "https://a.example/token")
        #expect(transport.calls.count == 1)
    }

    @Test(arguments: [
        HTTPReply.json("{}", status: 404), .of("<html>", type: "text/html"), .of("no", type: "text/plain", status: 403),
        .json("[1]"),
    ])
    func `the second address is asked where the first has no metadata`(first: HTTPReply) async throws {
        let transport = FakeTransport([{ _ in first }, { _ in .json(Self.document("https://a.example")) }])
        let metadata = try await transport.metadata(of: Issuer("https://a.example"))
        #expect(metadata.issuer == "https://a.example")
    }

    @Test func `no metadata at all is said so, with what came instead`() async throws {
        let transport = FakeTransport([
            { _ in .json("{}", status: 404) }, { _ in .of("<p>hello", type: "text/html; charset=utf-8") },
        ])
        let issuer = try Issuer("https://a.example")
        let error = await failure { try await transport.metadata(of: issuer) }
        #expect(error?.code == .noMetadata)
        #expect(error?.message.contains("a web page instead of JSON") == true)
    }

    // RFC 8414 section 3.3.
    @Test func `metadata of another issuer is refused, and both are named`() async throws {
        let transport = FakeTransport([{ _ in .json(Self.document("https://evil.example")) }])
        let issuer = try Issuer("https://a.example")
        let error = await failure { try await transport.metadata(of: issuer) }
        #expect(error?.code == .issuerMismatch)
        #expect(error?.message == "the server at https://a.example calls itself https://evil.example")
    }

    @Test func `a final slash makes another issuer, and the hint names the right one`() async throws {
        let transport = FakeTransport([{ _ in .json(Self.document("https://a.example/")) }])
        let issuer = try Issuer("https://a.example")
        let error = await failure { try await transport.metadata(of: issuer) }
        #expect(error?.code == .issuerMismatch)
        #expect(error?.hint == "use the name that it gives itself: https://a.example/")
    }

    @Test func `a failing server is not taken for one without metadata`() async throws {
        let transport = FakeTransport([{ _ in .of("busy", type: "text/plain", status: 503) }])
        let issuer = try Issuer("https://a.example")
        let error = await failure { try await transport.metadata(of: issuer) }
        #expect(error?.code == .serverFailure)
    }

    @Test func `a typed issuer gets its scheme`() throws {
        #expect(try Issuer(typed: "auth.example.com").text == "https://auth.example.com")
        #expect(try Issuer(typed: "localhost:8080").text == "http://localhost:8080")
        #expect(try Issuer(typed: "127.0.0.1:8080/x").text == "http://127.0.0.1:8080/x")
        #expect(try Issuer(typed: "https://a.example").text == "https://a.example")
    }

    @Test func `an issuer is an encrypted address without a query`() {
        #expect(failure { () throws(ClientError) in try Issuer("http://a.example") }?.code == .insecureAddress)
        #expect(failure { () throws(ClientError) in try Issuer("https://a.example?x") }?.code == .invalidAddress)
        #expect(failure { () throws(ClientError) in try Issuer("a.example") }?.code == .invalidAddress)
    }

    @Test func `an endpoint in the clear is refused`() {
        let error = failure { () throws(ClientError) in
            try Endpoint.address("http://a.example/token", for: "tokens")
        }
        #expect(error?.code == .insecureAddress)
        #expect(failure { () throws(ClientError) in try Endpoint.address(nil, for: "x") }?.code == .unsupported)
    }
}
