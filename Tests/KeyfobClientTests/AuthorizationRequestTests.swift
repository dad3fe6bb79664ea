import KeyfobClient
import KeyfobProtocol
import Testing

struct AuthorizationRequestTests {
    private static func request(
        scopes: [String] = ["openid"], endpoint: String = "https://a.example/authorize", sendsIssuer: Bool = false
    ) throws -> AuthorizationRequest {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = endpoint
        metadata.authorizationResponseIssParameterSupported = sendsIssuer
        return AuthorizationRequest(
            target: try AuthorizationRequest.Target(metadata), clientID: "cli",
            redirectURI: "http://127.0.0.1:5000/callback", scopes: Scopes(scopes),
            random: RandomBytes(SystemRandomNumberGenerator()))
    }

    @Test func `the address carries all that RFC 6749, 7636 and OpenID Connect want`() throws {
        let request = try Self.request(scopes: ["openid", "email"])
        let address = try #require(WebAddress(request.url))
        let fields = try FormFields(parsing: try #require(address.query))
        let expected = [
            "response_type": "code", "client_id": "cli", "redirect_uri": "http://127.0.0.1:5000/callback",
            "scope": "openid email", "state": request.state, "nonce": try #require(request.nonce),
            "code_challenge": PKCE.challenge(for: request.verifier), "code_challenge_method": "S256",
        ]
        #expect(Dictionary(uniqueKeysWithValues: fields.fields.map { ($0.name, $0.value) }) == expected)
        #expect(PKCE.isVerifier(request.verifier))
        #expect(!request.url.contains(request.verifier))
    }

    @Test func `no nonce is sent without the scope openid`() throws {
        let request = try Self.request(scopes: ["x"])
        #expect(request.nonce == nil)
        #expect(!request.url.contains("nonce"))
    }

    // RFC 6749 section 3.1.
    @Test func `the endpoint's own query is kept`() throws {
        let request = try Self.request(endpoint: "https://a.example/authorize?tenant=1")
        #expect(request.url.hasPrefix("https://a.example/authorize?tenant=1&response_type=code&"))
    }

    @Test func `each request has its own state, nonce and verifier`() throws {
        let first = try Self.request()
        let second = try Self.request()
        #expect(Set([first.state, second.state, first.verifier, second.verifier]).count == 4)
        #expect(first.nonce != second.nonce)
    }

    @Test func `a callback with the right state yields its code`() throws {
        let request = try Self.request()
        #expect(try request.code(fromCallback: "code=Spl%2Bx&state=\(request.state)") == "Spl+x")
    }

    @Test(arguments: ["code=a&state=wrong", "code=a", "", "state=%zz", "code=a&state="])
    func `a callback without this request's state is foreign`(query: String) throws {
        let request = try Self.request()
        let error = failure { () throws(ClientError) in try request.code(fromCallback: query) }
        #expect(error?.code == .stateMismatch)
    }

    @Test func `a parameter that appears twice makes the callback malformed`() throws {
        let request = try Self.request()
        for query in ["code=a&code=b&state=\(request.state)", "code=a&state=\(request.state)&state=x"] {
            let error = failure { () throws(ClientError) in try request.code(fromCallback: query) }
            #expect(error?.code == .stateMismatch)
        }
    }

    @Test func `a denial, a server error and another error are told apart`() throws {
        let request = try Self.request()
        let expected: [(String, ClientError.Code)] = [
            ("access_denied", .denied), ("server_error", .serverFailure), ("temporarily_unavailable", .serverFailure),
            ("invalid_scope", .refused),
        ]
        for (error, code) in expected {
            let query = "error=\(error)&state=\(request.state)"
            #expect(failure { () throws(ClientError) in try request.code(fromCallback: query) }?.code == code)
        }
    }

    // RFC 9207 section 2.4.
    @Test func `a callback from another issuer is refused`() throws {
        let request = try Self.request()
        let query = "code=a&state=\(request.state)&iss=https%3A%2F%2Fevil.example"
        let error = failure { () throws(ClientError) in try request.code(fromCallback: query) }
        #expect(error?.code == .callbackIssuerMismatch)
        let good = "code=a&state=\(request.state)&iss=https%3A%2F%2Fa.example"
        #expect(try request.code(fromCallback: good) == "a")
    }

    @Test func `a callback without iss is refused where the server always sends it`() throws {
        let request = try Self.request(sendsIssuer: true)
        let query = "code=a&state=\(request.state)"
        let error = failure { () throws(ClientError) in try request.code(fromCallback: query) }
        #expect(error?.code == .callbackIssuerMismatch)
    }

    @Test func `a server without the endpoint does not offer the flow`() {
        let metadata = ServerMetadata(issuer: "https://a.example")
        let error = failure { () throws(ClientError) in try AuthorizationRequest.Target(metadata) }
        #expect(error?.code == .unsupported)
    }
}
