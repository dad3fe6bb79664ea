import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What the vendor's token is: how it looks, what it is good for, and what ends it.
struct VideoSDKTokenTests {
    private let videosdk: VideoSDKWorld
    private var world: World { videosdk.world }

    init() async throws {
        videosdk = try await VideoSDKWorld()
    }

    @Test
    func `a token is a signed JWT of thirty days, and there is nothing to refresh it with`() async throws {
        let token = try await videosdk.signIn()
        let header = try Base64URL.decode(token.prefix { $0 != "." }).orFail()
        #expect(String(decoding: header, as: UTF8.self).contains(#""alg":"ES256""#))
        let claims = try IDToken.claims(token)
        #expect(claims["client_id"] == "videosdk-cli")
        #expect(claims["scope"] == "account.read agents")
        guard case .number(let start)? = claims["iat"] else { throw Missing() }
        #expect(claims["exp"] == .number(start + 30 * 86_400))
    }

    @Test
    func `the account is told by name, e-mail address and tier`() async throws {
        try await world.server.setAccountAttribute("tier", value: "Pro", of: "ada")
        let reply = try await videosdk.me(videosdk.signIn())
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        #expect(
            try reply.json() == .object(["name": "Ada Lovelace", "email": "ada@example.com", "tier": "Pro"]))
    }

    @Test
    func `a tier that the operator never noted is left out`() async throws {
        #expect(try await videosdk.me(videosdk.signIn()).json().names == ["name", "email"])
    }

    @Test
    func `the header is the bare token, and a bearer token is one, too`() async throws {
        let token = try await videosdk.signIn()
        for header in [token, "Bearer " + token, "bearer  " + token] {
            #expect(try await videosdk.me(header).status == 200, "\(header.prefix(8))")
        }
        for header in ["Basic " + token, "Token " + token, token + " x", "Bearer " + token + " x", token + "x"] {
            #expect(try await videosdk.me(header).status == 401, "\(header.prefix(8))")
        }
    }

    @Test(
        arguments: [
            nil, "", " ", "Bearer", "Bearer ", "x", "a.b.c", "sk_pat_" + String(repeating: "0", count: 64),
            // A token of the vendor's own kind: a JWT made from an API key, signed with HS256.
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhcGlrZXkiOiJrIiwicGVybWlzc2lvbnMiOlsiYWxsb3dfam9pbiJdfQ.c2ln",
            // And one that is not signed at all.
            "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIn0.",
        ] as [String?])
    func `without a good token the answer is 401`(header: String?) async throws {
        let reply = try await videosdk.me(header)
        #expect(reply.status == 401)
        // RFC 9110 section 15.5.2: every 401 names a way to authenticate.
        #expect(reply["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    }

    @Test
    func `another product's token and a standard client's are not good here`() async throws {
        for client in ["tool", "device-only"] {
            let token = try await world.signIn(client).text("access_token")
            #expect(try await world.isActive(token))
            #expect(try await videosdk.me(token).status == 401)
        }
        let started = try await world.send("POST", "/api/oauth/device", body: "{}")
        _ = try await world.decide(started.text("user_code"))
        let body = #"{"device_code":"\#(try started.text("device_code"))","grant_type":"\#(World.deviceGrant)"}"#
        let foreign = try await world.send("POST", "/api/oauth/token", body: body).text("access_token")
        #expect(try await world.isActive(foreign))
        #expect(try await videosdk.me(foreign).status == 401)
    }

    @Test
    func `this product's token is not good for another product`() async throws {
        let headers = ["Authorization": "Bearer " + (try await videosdk.signIn())]
        #expect(try await world.get("/api/v1/cli/projects", headers: headers).status == 401)
    }

    @Test
    func `a revoked token is refused at once, and its session is over`() async throws {
        let token = try await videosdk.signIn()
        let fields = [("token", token), ("client_id", "tool")]
        #expect(try await world.post("/oauth/revoke", fields).status == 400)
        #expect(try await videosdk.me(token).status == 200)
        let own = [("token", token), ("client_id", "videosdk-cli")]
        #expect(try await world.post("/oauth/revoke", own).status == 200)
        #expect(try await videosdk.me(token).status == 401)
        #expect(try await !world.isActive(token))
    }

    @Test
    func `a token is refused after its life`() async throws {
        let token = try await videosdk.signIn()
        world.clock.advance(by: 30 * 86_400 - 1)
        #expect(try await videosdk.me(token).status == 200)
        world.clock.advance(by: 1)
        #expect(try await videosdk.me(token).status == 401)
    }

    @Test
    func `an account that was disabled is out, before and after the token was fetched`() async throws {
        let token = try await videosdk.signIn()
        let id = try await videosdk.start().text("requestId")
        _ = try await videosdk.decide(id)
        try await world.disableAccount()
        #expect(try await videosdk.me(token).status == 401)
        #expect(try await videosdk.poll(id).json() == .object(["status": "denied"]))
    }

    @Test
    func `a client that the operator disabled starts nothing, and its tokens end`() async throws {
        let token = try await videosdk.signIn()
        try await world.disableClient("videosdk-cli")
        #expect(try await videosdk.start().status == 401)
        #expect(try await videosdk.me(token).status == 401)
    }

    @Test
    func `a token without the scope does not tell whose it is`() async throws {
        let client = try await world.server.client("videosdk-cli").orFail()
        let started = try await world.server.startBrowserRequest(
            client: client, scope: "agents", wire: BrowserRequest.Wire(challenge: World.challenge),
            from: Requester(address: nil)
        )
        _ = try await videosdk.decide(started.id)
        expectError(try await videosdk.me(videosdk.poll(started.id).text("token")), 403, "insufficient_scope")
    }

    @Test
    func `the client may use no other grant`() async throws {
        expectError(try await world.startDevice("videosdk-cli"), 400, "unauthorized_client")
        let reply = try await world.get(World.authorize(["client_id": "videosdk-cli"]))
        #expect(reply.status == 400)
    }
}
