import KeyfobTestSupport
import Testing

/// OpenID Connect Core section 5.3 and RFC 6750 section 3.
struct UserInfoTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func ask(_ authorization: String?, method: String = "GET") async throws -> Reply {
        let headers = authorization.map { ["Authorization": $0] } ?? [:]
        return try await world.send(method, "/oauth/userinfo", headers: headers)
    }

    @Test(arguments: ["GET", "POST"])
    func `a token with the scope openid tells who it belongs to`(method: String) async throws {
        let token = try await world.signIn().text("access_token")
        let reply = try await ask("Bearer " + token, method: method)
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let person = try reply.json()
        #expect(person["sub"] == .string(world.day.account))
        #expect(person["name"] == "Ada Lovelace")
        #expect(person["preferred_username"] == "ada")
        #expect(person["email"] == "ada@example.com")
    }

    @Test
    func `each claim needs its scope`() async throws {
        let openid = try await world.signIn(scope: "openid").text("access_token")
        #expect(try await ask("Bearer " + openid).json().names == ["sub"])
        let email = try await world.signIn(scope: "openid email").text("access_token")
        #expect(try await ask("Bearer " + email).json().names == ["sub", "email"])
    }

    @Test
    func `the scheme has any case`() async throws {
        let token = try await world.signIn().text("access_token")
        #expect(try await ask("bEARER " + token).status == 200)
    }

    @Test(arguments: [nil, "Basic dG9vbDo=", "", "Bearer", "Bearer "])
    func `without a token the challenge names no error`(header: String?) async throws {
        let reply = try await ask(header)
        #expect(reply.status == 401)
        #expect(reply["WWW-Authenticate"] == #"Bearer realm="keyfob""#)
        #expect(reply.text.isEmpty)
    }

    @Test(arguments: ["x", "a.b.c", "kfa_x"])
    func `a wrong token is named invalid`(token: String) async throws {
        let reply = try await ask("Bearer " + token)
        expectError(reply, 401, "invalid_token")
        #expect(reply["WWW-Authenticate"]?.hasPrefix(#"Bearer realm="keyfob", error="invalid_token""#) == true)
    }

    @Test
    func `an expired token, a refresh token and an ID token are invalid`() async throws {
        let tokens = try await world.signIn()
        for name in ["refresh_token", "id_token"] {
            expectError(try await ask("Bearer " + tokens.text(name)), 401, "invalid_token")
        }
        world.clock.advance(by: 900)
        expectError(try await ask("Bearer " + tokens.text("access_token")), 401, "invalid_token")
    }

    @Test
    func `a token without the scope openid is not enough`() async throws {
        let token = try await world.signIn(scope: "profile email").text("access_token")
        let reply = try await ask("Bearer " + token)
        expectError(reply, 403, "insufficient_scope")
        #expect(
            reply["WWW-Authenticate"]?.hasPrefix(#"Bearer realm="keyfob", error="insufficient_scope""#) == true
        )
    }

    @Test
    func `a token in the query or in a form is not read`() async throws {
        let token = try await world.signIn().text("access_token")
        #expect(try await world.get("/oauth/userinfo?access_token=" + token).status == 401)
        #expect(try await world.post("/oauth/userinfo", [("access_token", token)]).status == 401)
    }
}
