import KeyfobTestSupport
import Testing

/// The refresh token at the token endpoint (RFC 6749 section 6, RFC 9700 section 4.14).
struct RefreshGrantTests {
    private let world: World
    private let first: String

    init() async throws {
        world = try await World.open()
        first = try await world.signIn().text("refresh_token")
    }

    @Test
    func `each use gives a new refresh token and uses up the old one`() async throws {
        let reply = try await world.refresh(first)
        #expect(reply.status == 200)
        #expect(reply["Cache-Control"] == "no-store")
        #expect(reply["Pragma"] == "no-cache")
        let second = try reply.text("refresh_token")
        #expect(second != first)
        expectError(try await world.refresh(first), 400, "invalid_grant")
        #expect(try await world.refresh(second).status == 200)
    }

    @Test
    func `an old token after its successor was used ends the session`() async throws {
        let second = try await world.refresh(first).text("refresh_token")
        let third = try await world.refresh(second).text("refresh_token")
        expectError(try await world.refresh(first), 400, "invalid_grant")
        expectError(try await world.refresh(third), 400, "invalid_grant")
    }

    @Test
    func `a narrower scope is granted, a wider one refused at no cost`() async throws {
        expectError(try await world.refresh(first, scope: "openid admin"), 400, "invalid_scope")
        expectError(try await world.refresh(first, scope: "openid \"x\""), 400, "invalid_scope")
        #expect(try await world.refresh(first, scope: "openid").json()["scope"] == "openid")
    }

    @Test(arguments: ["x", "kfr_", "kfc_00000000000000000000000000000000000000000000000000"])
    func `an unknown token is an invalid grant`(token: String) async throws {
        expectError(try await world.refresh(token), 400, "invalid_grant")
    }

    @Test
    func `another client's token is an invalid grant, and lives on`() async throws {
        expectError(try await world.refresh(first, client: "other"), 400, "invalid_grant")
        #expect(try await world.refresh(first).status == 200)
    }

    @Test
    func `a client without this grant is told so`() async throws {
        expectError(try await world.refresh(first, client: "device-only"), 400, "unauthorized_client")
    }

    @Test
    func `a token that was not used for thirty days is over`() async throws {
        world.clock.advance(by: 30 * 86_400)
        expectError(try await world.refresh(first), 400, "invalid_grant")
    }
}
