import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What the tokens of the product are: logins that are refreshed, and API tokens that people make.
struct PodstackTokenTests {
    private let podstack: PodstackWorld
    private var world: World { podstack.world }

    init() async throws {
        podstack = try await PodstackWorld()
    }

    @Test
    func `the metadata of the API's host names it as the issuer, and the dashboard for people`() async throws {
        let metadata = try await podstack.api.get("/.well-known/oauth-authorization-server").json()
        #expect(metadata["issuer"] == "https://api.podstack.example")
        #expect(metadata["authorization_endpoint"] == "https://cloud.podstack.example/authorize")
        #expect(metadata["token_endpoint"] == "https://api.podstack.example/oauth/token")
        #expect(metadata["revocation_endpoint"] == "https://api.podstack.example/oauth/revoke")
        #expect(
            metadata["device_authorization_endpoint"] == "https://api.podstack.example/oauth/device_authorization")
        #expect(metadata["code_challenge_methods_supported"] == ["S256"])
        #expect(try await podstack.dashboard.get("/.well-known/oauth-authorization-server").status == 404)
    }

    @Test
    func `a login is a JWT of an hour, and a refresh token of thirty days that slide`() async throws {
        let reply = try await podstack.signIn()
        #expect(try reply.json()["expires_in"] == 3_600)
        let claims = try IDToken.claims(reply.text("access_token"))
        #expect(claims["iss"] == "https://api.podstack.example")
        #expect(claims["client_id"] == "podstack-cli")
        var refresh = try reply.text("refresh_token")
        for _ in 0..<2 {
            world.clock.advance(by: 30 * 86_400 - 1)
            let next = try await podstack.api.post(
                "/oauth/token",
                [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", PodstackWorld.client)])
            #expect(next.status == 200)
            refresh = try next.text("refresh_token")
        }
    }

    @Test
    func `the browser's way asks for PKCE and comes back to a loopback port`() async throws {
        let path = World.authorize([
            "client_id": PodstackWorld.client, "scope": nil, "nonce": nil,
            "redirect_uri": "http://127.0.0.1:40123/callback",
        ])
        var browser = podstack.dashboard.adasBrowser()
        let page = try await browser.get(path)
        #expect(page.status == 200)
        #expect(page.text.contains("Podstack CLI") && page.text.contains("Create, change and delete pods"))
        let without = path.replacing("code_challenge=", with: "nothing=")
        #expect(try await browser.get(without).status != 200)
    }

    @Test
    func `an API token has the vendor's prefix and forty letters or digits`() async throws {
        let token = try await podstack.token()
        #expect(token.wholeMatch(of: #/podstack_[0-9A-Za-z]{40}/#) != nil)
    }

    @Test
    func `nobody has more than five good API tokens`() async throws {
        let first = try await podstack.token()
        for _ in 0..<4 { _ = try await podstack.token() }
        let error = await #expect(throws: ServerError.self) { _ = try await podstack.token() }
        #expect(error?.code == .limitReached)
        let fields = [("token", first), ("client_id", PodstackWorld.client)]
        #expect(try await podstack.api.post("/oauth/revoke", fields).status == 200)
        _ = try await podstack.token()
    }

    @Test
    func `an API token is refused after its life, and one without an end is not`() async throws {
        let (short, long) = (try await podstack.token(days: 7), try await podstack.token(days: nil))
        world.clock.advance(by: 7 * 86_400 - 1)
        #expect(try await podstack.ask("/v1/account", short).status == 200)
        world.clock.advance(by: 1)
        #expect(try await podstack.ask("/v1/account", short).status == 401)
        #expect(try await podstack.ask("/v1/account", long).status == 200)
    }

    @Test
    func `a revoked token is refused at once`() async throws {
        let login = try await podstack.signIn().text("access_token")
        for token in [login, try await podstack.token()] {
            #expect(try await podstack.ask("/v1/account", token).status == 200)
            let fields = [("token", token), ("client_id", PodstackWorld.client)]
            #expect(try await podstack.api.post("/oauth/revoke", fields).status == 200)
            #expect(try await podstack.ask("/v1/account", token).status == 401)
        }
    }

    @Test
    func `another product's tokens, unsigned ones and pieces of good ones are refused`() async throws {
        let good = try await podstack.token()
        let foreign = try await world.signIn("tool").text("access_token")
        #expect(try await world.isActive(foreign))
        let bad = [
            foreign, "sk_pat_" + String(repeating: "0", count: 64), String(good.dropLast()), good + "a",
            "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FwaS5wb2RzdGFjay5leGFtcGxlIn0.",
        ]
        for token in bad {
            let reply = try await podstack.ask("/v1/account", token)
            expectError(reply, 401, "invalid_token")
            #expect(try reply.json()["message"] == "Invalid authentication token")
            #expect(reply["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        }
        #expect(try await podstack.ask("/v1/account", nil).status == 401)
    }

    @Test
    func `an account or a client that was disabled is out`() async throws {
        let (login, token) = (try await podstack.signIn().text("access_token"), try await podstack.token())
        try await world.disableClient(PodstackWorld.client)
        #expect(try await podstack.ask("/v1/account", token).status == 401)
        #expect(try await podstack.api.startDevice(PodstackWorld.client).status == 401)
        let other = try await PodstackWorld()
        let theirs = try await other.token()
        try await other.world.disableAccount()
        #expect(try await other.ask("/v1/account", theirs).status == 401)
        #expect(try await podstack.ask("/v1/account", login).status == 401)
    }

    @Test
    func `the page of API tokens is on the dashboard, with scopes in words and the lives of the portal`() async throws {
        var browser = podstack.dashboard.adasBrowser()
        let page = try await browser.get("/account/api-tokens/new")
        #expect(page.status == 200)
        for words in ["See your projects", "Create, change and delete pods", "7 days", "365 days", "Never"] {
            #expect(page.text.contains(words))
        }
        let form = try page.form("/account/api-tokens/new")
        let chosen = form.fields.filter { $0.name == "scope" }.map(\.value)
        #expect(chosen == ["account.read", "projects.read", "pods.read"])
    }
}
