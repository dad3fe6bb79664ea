import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What the API says of a person and of organizations, and to whom.
struct PipecatAccountTests {
    private let pipecat: PipecatWorld
    private var world: World { pipecat.world }

    private static let keys = "/v1/organizations/lab/apiKeys"

    init() async throws {
        pipecat = try await PipecatWorld()
    }

    @Test
    func `the user, the organizations and the Daily key are as the vendor's clients read them`() async throws {
        try await world.server.setOrganizationSecret("daily_api_key", value: "daily-secret", of: "lab")
        let token = try await pipecat.tokenFlow()
        let user = JSON.object([
            "userId": .string(world.day.account), "emails": [.object(["emailAddress": "ada@example.com"])],
        ])
        #expect(try await pipecat.api("/v1/users", token).json() == .object(["user": user]))
        let lab = JSON.object(["name": "lab", "verboseName": "The Lab"])
        #expect(try await pipecat.api("/v1/organizations", token).json() == .object(["organizations": [lab]]))
        let daily = try await pipecat.api("/v1/organizations/lab/daily", token)
        #expect(try daily.json() == .object(["apiKey": "daily-secret"]))
        #expect(daily["Cache-Control"] == "no-store")
    }

    @Test
    func `each kind of token is good for the API`() async throws {
        let tokens = [
            try await pipecat.tokenFlow(), try await pipecat.oauth().text("access_token"),
            try await pipecat.personalToken(),
        ]
        for token in tokens {
            for path in ["/v1/users", "/v1/organizations", Self.keys] {
                #expect(try await pipecat.api(path, token).status == 200)
            }
        }
    }

    @Test
    func `an organization without a Daily key, and one that is not there, are 404 in the vendor's shape`() async throws
    {
        let token = try await pipecat.tokenFlow()
        for path in ["/v1/organizations/lab/daily", "/v1/organizations/nowhere/daily"] {
            let reply = try await pipecat.api(path, token)
            #expect(reply.status == 404)
            #expect(reply["Content-Type"] == "application/json")
            #expect(try reply.json().names == ["error", "code"])
            #expect(try reply.json()["code"] == "404")
        }
    }

    @Test
    func `keys are made, listed and revoked`() async throws {
        let token = try await pipecat.tokenFlow()
        #expect(try await pipecat.api(Self.keys, token).json() == .object(["public": []]))
        let body = #"{"name":"Test Key","type":"public"}"#
        let made = try await pipecat.api("POST", Self.keys, token, body: body)
        #expect(made.status == 200)
        let key = try made.text("key")
        #expect(key.wholeMatch(of: #/pk_[A-Za-z0-9]{32}/#) != nil)
        let listed = try await pipecat.api(Self.keys, token).json()["public"].orFail().elements
        #expect(listed.count == 1)
        let first = try listed.first.orFail()
        #expect(first.names == ["id", "key", "createdAt", "revoked", "metadata"])
        #expect(first["key"] == .string(key))
        #expect(first["revoked"] == false)
        #expect(first["metadata"] == .object(["name": "Test Key"]))
        let id = try first["id"].orFail().text.orFail()
        // Revoking is soft, and once more does no harm; the vendor's older client reads JSON whatever the status.
        for _ in 0..<2 {
            let reply = try await pipecat.api("DELETE", Self.keys + "/" + id, token)
            #expect(reply.status == 200)
            #expect(reply["Content-Type"] == "application/json")
        }
        #expect(try await pipecat.api(Self.keys, token).json()["public"]?.elements.first?["revoked"] == true)
    }

    @Test(arguments: ["", "{}", "[]", #"{"name":""}"#, #"{"name":7}"#, #"{"name":"x","type":"private"}"#])
    func `a wish for a key that makes no sense is refused`(body: String) async throws {
        let reply = try await pipecat.api("POST", Self.keys, try await pipecat.tokenFlow(), body: body)
        #expect(reply.status == 400)
        #expect(try reply.json()["code"] == "400")
    }

    @Test
    func `a member without a say reads and changes nothing`() async throws {
        _ = try await world.server.addOrganization(slug: "club", name: "Club", owner: nil)
        _ = try await world.server.addMember("ada", to: "club", role: .member)
        let token = try await pipecat.tokenFlow()
        #expect(try await pipecat.api("/v1/organizations/club/apiKeys", token).status == 200)
        let reply = try await pipecat.api(
            "POST", "/v1/organizations/club/apiKeys", token, body: #"{"name":"x","type":"public"}"#)
        #expect(reply.status == 403)
        #expect(try reply.json()["code"] == "403")
    }

    @Test
    func `an organization of others is as if it were not there`() async throws {
        _ = try await world.server.addOrganization(slug: "theirs", name: "Theirs", owner: nil)
        try await world.server.setOrganizationSecret("daily_api_key", value: "not-yours", of: "theirs")
        let token = try await pipecat.tokenFlow()
        let key = try await world.server.createOrganizationKey(
            TokenFormat(prefix: "pk_"), name: "k", organization: "theirs", by: .operator)
        #expect(try await pipecat.api("/v1/organizations/theirs/daily", token).status == 404)
        #expect(try await pipecat.api("/v1/organizations/theirs/apiKeys", token).status == 404)
        // Nor by way of an organization of one's own.
        #expect(try await pipecat.api("DELETE", Self.keys + "/" + key.id, token).status == 404)
        #expect(try await pipecat.api("DELETE", "/v1/organizations/theirs/apiKeys/" + key.id, token).status == 404)
    }

    @Test(arguments: [nil, "", "failure", "x.y.z", "pcc_pat_" + String(repeating: "0", count: 32)] as [String?])
    func `without a good token everything is 401 in the vendor's shape`(token: String?) async throws {
        for path in ["/v1/users", "/v1/organizations", "/v1/organizations/lab/daily", Self.keys] {
            let reply = try await pipecat.api(path, token)
            #expect(reply.status == 401)
            #expect(reply["WWW-Authenticate"] == #"Bearer realm="keyfob""#)
            #expect(try reply.json().names == ["error", "code"])
            #expect(try reply.json()["code"] == "401")
        }
    }

    @Test
    func `a token of another product or of a standard client is not good here`() async throws {
        let standard = try await world.signIn().text("access_token")
        #expect(try await world.isActive(standard))
        #expect(try await pipecat.api("/v1/users", standard).status == 401)
    }

    @Test
    func `a JWT without the scope gets 403`() async throws {
        let asked: [String: String?] = [
            "client_id": PipecatWorld.oauthClient, "redirect_uri": PipecatWorld.callback, "nonce": nil as String?,
            "scope": "openid",
        ]
        let code = try await world.authorizationCode(asked)
        let token = try await world.redeem(
            code, ["client_id": PipecatWorld.oauthClient, "redirect_uri": PipecatWorld.callback]
        ).text("access_token")
        #expect(try await pipecat.api("/v1/users", token).status == 200)
        #expect(try await pipecat.api("/v1/organizations", token).status == 403)
        #expect(try await pipecat.api("/v1/organizations/lab/daily", token).status == 403)
        #expect(try await pipecat.api(Self.keys, token).status == 403)
    }

    @Test
    func `a disabled account is out with every kind of token, and one that was not fetched is failure`() async throws {
        let tokens = [
            try await pipecat.tokenFlow(), try await pipecat.oauth().text("access_token"),
            try await pipecat.personalToken(),
        ]
        let started = try await pipecat.start()
        _ = try await pipecat.decide(started)
        try await world.disableAccount()
        for token in tokens { #expect(try await pipecat.api("/v1/users", token).status == 401) }
        #expect(try await pipecat.poll(started).json()["status"] == "failure")
    }

    @Test
    func `a personal token that was revoked or has expired is refused`() async throws {
        let revoked = try await pipecat.personalToken()
        let own = [("token", revoked), ("client_id", "pipecat-cli")]
        #expect(try await world.post("/oauth/revoke", own).status == 200)
        #expect(try await pipecat.api("/v1/users", revoked).status == 401)
        let expiring = try await pipecat.personalToken()
        #expect(expiring.wholeMatch(of: #/pcc_pat_[0-9a-f]{32}/#) != nil)
        world.clock.advance(by: 90 * 86_400)
        #expect(try await pipecat.api("/v1/users", expiring).status == 401)
    }
}
