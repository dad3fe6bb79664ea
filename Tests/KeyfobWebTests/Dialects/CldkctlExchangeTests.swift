import FoundationEssentials
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The exchange of a long-lived token for a JWT: what is sent, what comes back, and what does not get through.
struct CldkctlExchangeTests {
    private let cldkctl: CldkctlWorld
    private var world: World { cldkctl.world }

    init() async throws {
        cldkctl = try await CldkctlWorld()
    }

    @Test
    func `a token is exchanged for a JWT of 24 hours, told beside its owner`() async throws {
        _ = try await world.server.addOrganization(slug: "lab", name: "Lab", owner: "ada")
        let token = try await cldkctl.makeToken().secret
        #expect(token.wholeMatch(of: #/cldkctl_[0-9A-Za-z]{32}/#) != nil)
        let reply = try await cldkctl.exchange(token)
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let data = try reply.data()
        #expect(
            data.names == ["token", "id", "name", "email", "role", "organization_id", "organization_name"])
        #expect(data["name"] == "Ada Lovelace")
        #expect(data["email"] == "ada@example.com")
        #expect(data["role"] == "owner")
        #expect(data["organization_name"] == "Lab")
        let claims = try IDToken.claims(try data["token"].orFail().text.orFail())
        guard case .number(let start)? = claims["iat"] else { throw Missing() }
        #expect(claims["exp"] == .number(start + 86_400))
        #expect(claims["client_id"] == "cldkctl")
        #expect(claims["scope"] == "cloud")
    }

    @Test
    func `a person without an organization is told without one`() async throws {
        let data = try await cldkctl.exchange(cldkctl.makeToken().secret).data()
        #expect(data.names == ["token", "id", "name", "email"])
    }

    @Test
    func `the JWT names the portal's host, where the operator gave one`() async throws {
        let portal = "https://ai.cloudeka.id"
        let hosted = try await CldkctlWorld(hosts: ["portal": portal]).at(portal)
        let secret = try await hosted.makeToken().secret
        let jwt = try await hosted.jwt(secret)
        #expect(try IDToken.claims(jwt)["iss"] == .string(portal))
        #expect(try await hosted.call("GET", "/core/user/profile", jwt).status == 200)
    }

    @Test
    func `the operator chooses the JWT's life`() async throws {
        let short = try await CldkctlWorld(["token_life": .number(60)])
        let jwt = try await short.jwt(short.makeToken().secret)
        #expect(try await short.call("GET", "/core/user/profile", jwt).status == 200)
        short.world.clock.advance(by: 61)
        #expect(try await short.call("GET", "/core/user/profile", jwt).status == 401)
    }

    @Test
    func `the JWT does not outlive the token`() async throws {
        let token = try await cldkctl.makeToken(lastDay: cldkctl.today).secret
        let midnight = (world.clock.now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400 + 86_400
        let claims = try IDToken.claims(try await cldkctl.jwt(token))
        guard case .number(let end)? = claims["exp"] else { throw Missing() }
        #expect(end <= Int(midnight))
    }

    @Test(
        arguments: [
            "", "x", "cldkctl_", "cldkctl_" + String(repeating: "0", count: 32),
            "cldkctl_" + String(repeating: "0", count: 33), "sk_pat_" + String(repeating: "0", count: 64), "a.b.c",
        ])
    func `what is no token of ours is refused with 401 and one text`(token: String) async throws {
        let reply = try await cldkctl.exchange(token)
        #expect(reply.status == 401)
        #expect(reply["WWW-Authenticate"] == #"Bearer realm="keyfob""#)
        #expect(
            try reply.json()
                == .object([
                    "error": "invalid_token", "message": "the token is unknown, expired or revoked",
                ]))
    }

    @Test(arguments: ["", "[]", "null", "{}", #"{"token":7}"#, #"{"token":null}"#, "token=x"])
    func `a body of another shape is refused with 400`(body: String) async throws {
        let reply = try await cldkctl.call("POST", CldkctlWorld.exchangePath, nil, body)
        #expect(reply.status == 400)
        #expect(try reply.json().names == ["error", "message"])
    }

    @Test
    func `a token that was revoked, has expired or got a new secret is refused, and so is its JWT`() async throws {
        var browser = world.adasBrowser()
        let revoked = try await cldkctl.makeToken("a")
        let renewed = try await cldkctl.makeToken("b")
        let expiring = try await cldkctl.makeToken("c", lastDay: cldkctl.today)
        var jwts: [String] = []
        for token in [revoked, renewed, expiring] { jwts.append(try await cldkctl.jwt(token.secret)) }
        _ = try await browser.revokeToken(revoked.id, at: CldkctlWorld.page)
        let path = CldkctlWorld.tokensPath + "/regenerate/" + renewed.id
        #expect(try await cldkctl.call("POST", path, jwts[1], "{}").status == 200)
        world.clock.advance(by: 86_400)
        for (token, jwt) in zip([revoked, renewed, expiring], jwts) {
            #expect(try await cldkctl.exchange(token.secret).status == 401)
            #expect(try await cldkctl.call("GET", "/core/user/profile", jwt).status == 401)
        }
    }

    @Test
    func `a token of another product is refused, and one of this product by the other`() async throws {
        let kind = try #require(world.site.dialects.first { $0.name == "skytells" }?.personalTokens?.kind)
        let requester = Requester(address: nil)
        let signedIn = try await world.server.browserSession(world.day.browsers[0])
        let account = try #require(signedIn?.account)
        let foreign = try await world.server.createPersonalToken(
            PersonalTokenWish(name: "x", scopes: kind.standardScopes, expiresAt: nil), kind: kind, account: account,
            from: requester
        ).secret
        #expect(try await cldkctl.exchange(foreign).status == 401)
        #expect(try await cldkctl.call("GET", "/core/user/profile", foreign).status == 401)
        let own = try await cldkctl.makeToken().secret
        for token in [own, try await cldkctl.jwt(own)] {
            #expect(try await cldkctl.call("GET", "/api/v1/cli/projects", token).status == 401)
        }
    }

    @Test
    func `a disabled account or client exchanges nothing`() async throws {
        let token = try await cldkctl.makeToken().secret
        let jwt = try await cldkctl.jwt(token)
        try await world.disableAccount()
        #expect(try await cldkctl.exchange(token).status == 401)
        #expect(try await cldkctl.call("GET", "/core/user/profile", jwt).status == 401)
        let other = try await CldkctlWorld()
        let second = try await other.makeToken().secret
        try await other.world.disableClient("cldkctl")
        #expect(try await other.exchange(second).status == 401)
    }

    @Test
    func `exchanges of one token share one session`() async throws {
        let token = try await cldkctl.makeToken().secret
        let first = try await cldkctl.jwt(token)
        let second = try await cldkctl.jwt(token)
        #expect(first != second)
        #expect(try IDToken.claims(first)["sid"].orFail() == IDToken.claims(second)["sid"].orFail())
    }
}
