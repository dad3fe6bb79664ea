import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// What tokens, metadata and links name that are issued through a front.
struct FrontTokenTests {
    private static let metadata = "/.well-known/oauth-authorization-server"
    private let world: World

    init() async throws {
        world = try await FrontWorld.open()
    }

    @Test
    func `the metadata of a host that issues tokens names that host, and its pages`() async throws {
        let json = try await world.at(FrontWorld.api).get(Self.metadata).json()
        #expect(json["issuer"] == .string(FrontWorld.api))
        #expect(json["token_endpoint"] == .string(FrontWorld.api + "/oauth/token"))
        #expect(json["jwks_uri"] == .string(FrontWorld.api + "/oauth/jwks"))
        #expect(json["authorization_endpoint"] == .string(FrontWorld.console + "/authorize"))
        let own = try await world.get(Self.metadata).json()
        #expect(own["issuer"] == .string(World.issuer))
        #expect(own["authorization_endpoint"] == .string(World.issuer + "/authorize"))
    }

    @Test
    func `a host that issues none has no metadata`() async throws {
        // RFC 8414 section 3.3: a document whose issuer is another than the host it came from must not be used.
        #expect(try await world.at(FrontWorld.console).get(Self.metadata).status == 404)
    }

    @Test
    func `a code is entered on the host that has the pages`() async throws {
        for (origin, client, page) in [
            (FrontWorld.api, "orchard-cli", FrontWorld.console), (FrontWorld.api, "tool", FrontWorld.console),
            (FrontWorld.harbour, "harbour-cli", FrontWorld.harbour), (World.issuer, "tool", World.issuer),
            (World.issuer, "orchard-cli", FrontWorld.console),
        ] {
            let started = try await world.at(origin).startDevice(client)
            #expect(try started.text("verification_uri") == page + "/device")
            #expect(try started.text("verification_uri_complete").hasPrefix(page + "/device?user_code="))
        }
    }

    @Test
    func `a token names the host that issued it, and every front takes it as the server's own`() async throws {
        let api = world.at(FrontWorld.api)
        let token = try await api.signIn("orchard-cli", scope: "openid").text("access_token")
        #expect(try IDToken.claims(token)["iss"] == .string(FrontWorld.api))
        #expect(try IDToken.claims(token)["aud"] == .string(FrontWorld.api))
        for origin in [FrontWorld.api, FrontWorld.console, FrontWorld.harbour, World.issuer] {
            let reply = try await world.at(origin).get("/oauth/userinfo", headers: ["Authorization": "Bearer " + token])
            #expect(reply.status == 200, "\(origin)")
        }
        // What introspection says is what the token says, wherever it is asked.
        let seen = try await world.introspect(token).json()
        #expect(seen["iss"] == .string(FrontWorld.api) && seen["aud"] == .string(FrontWorld.api))
    }

    @Test
    func `a token of a host that is no longer configured is nobody's`() async throws {
        let token = try await world.at(FrontWorld.api).signIn("orchard-cli", scope: "openid").text("access_token")
        let smaller = world.server.at(World.issuer, among: [World.issuer, FrontWorld.harbour])
        #expect(try await smaller.accessGrant(token) == nil)
        #expect(try await smaller.at(World.issuer, among: [FrontWorld.api]).accessGrant(token) != nil)
    }

    @Test
    func `a code that was approved on the host with the pages names the issuer that the client knows`() async throws {
        let redirect = try await world.at(FrontWorld.console).approvedRedirect(["client_id": "orchard-cli"])
        // RFC 9207 section 2.4: the client compares iss with the issuer of the metadata it began with.
        #expect(redirect["iss"] == FrontWorld.api)
        let tokens = try await world.at(FrontWorld.api).redeem(redirect["code"].orFail(), ["client_id": "orchard-cli"])
        #expect(try IDToken.claims(tokens.text("id_token"))["iss"] == .string(FrontWorld.api))
    }

    @Test
    func `a refresh through another front keeps the session, and revocation ends it everywhere`() async throws {
        let first = try await world.at(FrontWorld.api).signIn("orchard-cli", scope: "openid")
        let second = try await world.refresh(first.text("refresh_token"), client: "orchard-cli")
        let token = try second.text("access_token")
        #expect(try IDToken.claims(token)["iss"] == .string(World.issuer))
        let form = [("token", Optional(try second.text("refresh_token"))), ("client_id", "orchard-cli")]
        #expect(try await world.at(FrontWorld.harbour).post("/oauth/revoke", form).status == 200)
        #expect(try await !world.isActive(token))
        #expect(try await !world.isActive(first.text("access_token")))
    }
}
