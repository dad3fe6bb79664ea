import FoundationEssentials
import KeyfobProtocol
import Testing

/// How a client says who it is at the token endpoint (RFC 6749 section 2.3.1 and 5.2): a request with a device code
/// that nobody has is `invalid_grant` once the client is known, and `invalid_client` before.
struct ClientAuthenticationTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func ask(_ fields: [(String, String?)], basic: String? = nil) async throws -> Reply {
        var headers: [String: String] = [:]
        headers["Authorization"] = basic.map { "Basic " + Data($0.utf8).base64EncodedString() }
        return try await world.post(
            "/oauth/token", [("grant_type", World.deviceGrant), ("device_code", "kfd_x")] + fields, headers: headers
        )
    }

    private func expectRefused(_ reply: Reply, sourceLocation: SourceLocation = #_sourceLocation) {
        expectError(reply, 401, "invalid_client", sourceLocation: sourceLocation)
        #expect(reply["WWW-Authenticate"] == #"Basic realm="keyfob""#, sourceLocation: sourceLocation)
    }

    @Test
    func `a public client needs its identifier only`() async throws {
        expectError(try await ask([("client_id", "tool")]), 400, "invalid_grant")
    }

    @Test
    func `a secret may come in the form`() async throws {
        let fields = [("client_id", "service"), ("client_secret", world.day.serviceSecret)]
        expectError(try await ask(fields.map { ($0.0, Optional($0.1)) }), 400, "invalid_grant")
    }

    @Test
    func `a secret may come by Basic`() async throws {
        expectError(try await ask([], basic: "service:" + world.day.serviceSecret), 400, "invalid_grant")
        expectError(
            try await ask([("client_id", "service")], basic: "service:" + world.day.serviceSecret),
            400, "invalid_grant"
        )
    }

    @Test
    func `both parts of Basic are percent-decoded first`() async throws {
        // Every byte escaped, as the form encoding allows.
        func escaped(_ text: String) -> String {
            text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let basic = escaped("service") + ":" + escaped(world.day.serviceSecret)
        expectError(try await ask([], basic: basic), 400, "invalid_grant")
    }

    @Test
    func `a public client may send an empty secret`() async throws {
        expectError(try await ask([("client_id", "tool"), ("client_secret", "")]), 400, "invalid_grant")
        expectError(try await ask([], basic: "tool:"), 400, "invalid_grant")
    }

    @Test
    func `a request without a client is refused`() async throws {
        expectRefused(try await ask([]))
    }

    @Test(arguments: ["nobody", "", "TOOL", "tool ", "../tool"])
    func `an unknown client is refused`(id: String) async throws {
        expectRefused(try await ask([("client_id", id)]))
        expectRefused(try await ask([], basic: PercentEncoding.encode(id) + ":"))
    }

    @Test
    func `a confidential client without its secret, or with another, is refused`() async throws {
        expectRefused(try await ask([("client_id", "service")]))
        expectRefused(try await ask([("client_id", "service"), ("client_secret", "wrong")]))
        expectRefused(
            try await ask([("client_id", "service"), ("client_secret", world.day.serviceSecret + "x")])
        )
        expectRefused(try await ask([], basic: "service:wrong"))
        expectRefused(try await ask([], basic: "tool:" + world.day.serviceSecret))
    }

    @Test
    func `a client that the operator disabled is refused`() async throws {
        try await world.disableClient("tool")
        expectRefused(try await ask([("client_id", "tool")]))
    }

    @Test(arguments: ["Basic", "Basic !!!", "Basic dG9vbA==", "Basic JTo=", "Bearer abc", "Digest x", "tool"])
    func `a header that is not Basic is refused`(header: String) async throws {
        expectRefused(
            try await world.post(
                "/oauth/token", [("grant_type", World.deviceGrant), ("device_code", "kfd_x")],
                headers: ["Authorization": header]
            )
        )
    }

    @Test
    func `a client authenticates in one way only`() async throws {
        let secret = world.day.serviceSecret
        expectError(try await ask([("client_secret", secret)], basic: "service:" + secret), 400, "invalid_request")
        expectError(try await ask([("client_id", "tool")], basic: "service:" + secret), 400, "invalid_request")
    }
}
