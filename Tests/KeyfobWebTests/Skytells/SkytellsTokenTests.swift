import KeyfobTestSupport
import Testing

/// What the vendor's token is good for.
struct SkytellsTokenTests {
    private let skytells: SkytellsWorld
    private var world: World { skytells.world }

    init() async throws {
        skytells = try await SkytellsWorld()
    }

    @Test
    func `the project list proves a token`() async throws {
        let reply = try await skytells.projects(skytells.signIn())
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        #expect(try reply.json() == [])
    }

    @Test
    func `a token lives until it is revoked`() async throws {
        let token = try await skytells.signIn()
        world.clock.advance(by: 10 * 365 * 86_400)
        #expect(try await skytells.projects(token).status == 200)
        let reply = try await world.post("/oauth/revoke", [("token", token), ("client_id", "skytells-cli")])
        #expect(reply.status == 200)
        #expect(try await skytells.projects(token).status == 401)
    }

    @Test
    func `another client cannot revoke it`() async throws {
        let token = try await skytells.signIn()
        let reply = try await world.post("/oauth/revoke", [("token", token), ("client_id", "tool")])
        #expect(reply.status == 400)
        #expect(try await skytells.projects(token).status == 200)
    }

    @Test(arguments: [
        nil, "", "x", "sk_pat_x", "sk_pat_0000000000000000000000000000000000000000000000000000000000000000",
    ])
    func `without a good token the answer is 401`(token: String?) async throws {
        let reply = try await skytells.projects(token)
        #expect(reply.status == 401)
        #expect(reply["Cache-Control"] == "no-store")
        #expect(try reply.json().names == ["error", "message"])
        // RFC 9110 section 15.5.2: every 401 names a way to authenticate.
        #expect(reply["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    }

    @Test
    func `a standard client's token is not good here`() async throws {
        for client in ["tool", "device-only"] {
            let token = try await world.signIn(client).text("access_token")
            #expect(try await world.isActive(token))
            #expect(try await skytells.projects(token).status == 401)
        }
    }

    @Test
    func `a token without the scope is not enough`() async throws {
        #expect(try await skytells.projects(skytells.signIn(scopes: ["inference"])).status == 403)
        #expect(try await skytells.projects(skytells.signIn(scopes: ["projects.read"])).status == 200)
        #expect(try await skytells.projects(skytells.signIn(scopes: ["projects.write"])).status == 200)
    }

    @Test
    func `the standard endpoints know its tokens`() async throws {
        let facts = try await world.introspect(skytells.signIn()).json()
        #expect(facts["active"] == true)
        #expect(facts["client_id"] == "skytells-cli")
        #expect(facts["exp"] == nil)
    }

    @Test
    func `a token is gone when its account is disabled`() async throws {
        let token = try await skytells.signIn()
        try await world.disableAccount()
        #expect(try await skytells.projects(token).status == 401)
    }
}
