import FoundationEssentials
import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// The authorization code at the token endpoint (RFC 6749 section 4.1.3, RFC 7636 section 4.6).
struct AuthorizationCodeGrantTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    @Test
    func `a code and its verifier buy tokens that nobody may store`() async throws {
        let reply = try await world.redeem(world.authorizationCode())
        #expect(reply.status == 200)
        #expect(reply["Cache-Control"] == "no-store")
        #expect(reply["Pragma"] == "no-cache")
        let tokens = try reply.json()
        #expect(tokens["token_type"] == "Bearer")
        #expect(tokens["scope"] == "openid profile")
        #expect(try await world.isActive(reply.text("access_token")))
    }

    @Test
    func `the ID token is for this client, with the nonce of the request`() async throws {
        let token = try await world.redeem(world.authorizationCode()).text("id_token")
        let payload = try Base64URL.decode(token.split(separator: ".")[1]).orFail()
        let claims = try JSONDecoder().decode(JSON.self, from: Data(payload))
        #expect(claims["iss"] == "https://id.example.com")
        #expect(claims["aud"] == "tool")
        #expect(claims["sub"] == .string(world.day.account))
        #expect(claims["nonce"] == "n-0S6_WzA2Mj")
        #expect(claims["name"] == "Ada Lovelace")
        #expect(claims["email"] == nil)
    }

    @Test(arguments: [
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"),
        ("code_verifier", World.challenge),
        ("code_verifier", "short"),
        ("redirect_uri", "http://127.0.0.1:51005/callback"),
        ("redirect_uri", "http://localhost:51004/callback"),
        ("redirect_uri", "http://127.0.0.1:51004/callback/"),
        ("client_id", "other"),
    ])
    func `a code is of no use with anything else than its own`(name: String, value: String) async throws {
        let code = try await world.authorizationCode()
        expectError(try await world.redeem(code, [name: value]), 400, "invalid_grant")
        #expect(try await world.redeem(code).status == 200)
    }

    @Test
    func `the verifier cannot be left out`() async throws {
        let code = try await world.authorizationCode()
        expectError(try await world.redeem(code, ["code_verifier": nil]), 400, "invalid_request")
    }

    @Test
    func `a code lives no longer than ten minutes`() async throws {
        let code = try await world.authorizationCode()
        world.clock.advance(by: 600)
        expectError(try await world.redeem(code), 400, "invalid_grant")
    }

    @Test
    func `a code that comes again ends what it bought`() async throws {
        let code = try await world.authorizationCode()
        let token = try await world.redeem(code).text("access_token")
        world.clock.advance(by: 30)
        expectError(try await world.redeem(code), 400, "invalid_grant")
        #expect(try await !world.isActive(token))
    }

    @Test(arguments: ["x", "kfc_", "kfd_00000000000000000000000000000000000000000000000000"])
    func `an unknown code is an invalid grant`(code: String) async throws {
        expectError(try await world.redeem(code), 400, "invalid_grant")
    }

    @Test
    func `a client without this grant is told so`() async throws {
        expectError(try await world.redeem("x", ["client_id": "device-only"]), 400, "unauthorized_client")
    }
}
