import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The newer generation's sign-in, and the end of sessions of both.
struct PipecatSessionTests {
    private let pipecat: PipecatWorld
    private var world: World { pipecat.world }

    init() async throws {
        pipecat = try await PipecatWorld()
    }

    private func isGood(_ token: String) async throws -> Bool {
        try await pipecat.api("/v1/users", token).status == 200
    }

    private func logout(_ token: String?, refresh: String? = nil) async throws -> Reply {
        let body = refresh.map { #"{"refresh_token":"\#($0)"}"# }
        return try await pipecat.api("POST", "/auth/logout", token, body: body)
    }

    @Test
    func `the configuration names issuer, client and scopes`() async throws {
        let reply = try await world.get("/auth/config")
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(
            try reply.json()
                == .object([
                    "issuer": .string(World.issuer), "client_id": "pipecat-cloud-cli",
                    "scopes": "openid profile email offline_access agents daily.read organizations",
                ]))
    }

    @Test
    func `code and PKCE give a JWT of a day and a refresh token`() async throws {
        let reply = try await pipecat.oauth()
        #expect(reply.status == 200)
        #expect(try reply.json()["expires_in"] == 86_400)
        #expect(try reply.text("access_token").split(separator: ".").count == 3)
        #expect(try reply.json()["refresh_token"]?.text != nil)
        #expect(try await isGood(reply.text("access_token")))
    }

    @Test(arguments: [8400, 8404, 49152])
    func `any loopback port will do for the callback, and no other path`(port: Int) async throws {
        let changes = ["client_id": PipecatWorld.oauthClient, "nonce": nil, "scope": "organizations"]
        let good = changes.merging(["redirect_uri": "http://127.0.0.1:\(port)/oauth_callback"]) { $1 }
        #expect(try await world.get(World.authorize(good)).status == 303)
        let bad = changes.merging(["redirect_uri": "http://127.0.0.1:\(port)/callback"]) { $1 }
        #expect(try await world.get(World.authorize(bad)).status == 400)
    }

    @Test
    func `a JWT ends after a day, and its refresh token gives another for thirty days`() async throws {
        let first = try await pipecat.oauth()
        world.clock.advance(by: 86_400)
        #expect(try await !isGood(first.text("access_token")))
        let client = PipecatWorld.oauthClient
        let second = try await world.refresh(first.text("refresh_token"), client: client)
        #expect(second.status == 200)
        #expect(try await isGood(second.text("access_token")))
        world.clock.advance(by: 30 * 86_400)
        expectError(try await world.refresh(second.text("refresh_token"), client: client), 400, "invalid_grant")
    }

    @Test
    func `a logout with the refresh token ends the session, its JWT included`() async throws {
        let tokens = try await pipecat.oauth()
        let (access, refresh) = (try tokens.text("access_token"), try tokens.text("refresh_token"))
        #expect(try await logout(access, refresh: refresh).status == 200)
        #expect(try await !isGood(access))
        #expect(try await world.refresh(refresh, client: PipecatWorld.oauthClient).status == 400)
        // Once more does no harm.
        #expect(try await logout(access, refresh: refresh).status == 200)
    }

    @Test
    func `a logout works after the JWT's end, by the refresh token alone`() async throws {
        let tokens = try await pipecat.oauth()
        world.clock.advance(by: 86_400)
        #expect(try await logout(tokens.text("access_token"), refresh: tokens.text("refresh_token")).status == 200)
        let again = try await world.refresh(tokens.text("refresh_token"), client: PipecatWorld.oauthClient)
        #expect(again.status == 400)
    }

    @Test
    func `a logout without a refresh token ends the token flow's token`() async throws {
        for body in [nil, "{}", #"{"refresh_token":""}"#, #"{"refresh_token":null}"#] as [String?] {
            let token = try await pipecat.tokenFlow()
            #expect(try await pipecat.api("POST", "/auth/logout", token, body: body).status == 200)
            #expect(try await !isGood(token))
        }
    }

    @Test
    func `a logout with nothing that is good is 401, and a body of another shape is 400`() async throws {
        for token in [nil, "failure", "a.b.c"] as [String?] {
            let reply = try await logout(token)
            #expect(reply.status == 401)
            #expect(try reply.json()["code"] == "401")
        }
        let token = try await pipecat.tokenFlow()
        for body in ["[]", "x", #"{"refresh_token":7}"#] {
            #expect(try await pipecat.api("POST", "/auth/logout", token, body: body).status == 400)
        }
        #expect(try await isGood(token))
    }

    @Test
    func `another client's refresh token is not ended here`() async throws {
        let other = try await world.signIn().text("refresh_token")
        let reply = try await logout(nil, refresh: other)
        #expect(reply.status == 400)
        #expect(try await world.refresh(other).status == 200)
    }

    @Test
    func `a personal token is not ended by a logout`() async throws {
        let token = try await pipecat.personalToken()
        #expect(try await logout(token).status == 400)
        #expect(try await isGood(token))
    }

    @Test
    func `the life of a JWT is the operator's`() async throws {
        let short = try await PipecatWorld(options: ["token_life": .number(120)])
        #expect(try await short.oauth().json()["expires_in"] == 120)
    }
}
