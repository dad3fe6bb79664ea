import FoundationEssentials
import KeyfobServer
import KeyfobTestSupport
import Testing

/// The endpoints by which programs manage a person's tokens.
struct CldkctlTokenTests {
    private let cldkctl: CldkctlWorld
    private var world: World { cldkctl.world }
    private let path = CldkctlWorld.tokensPath

    init() async throws {
        cldkctl = try await CldkctlWorld()
    }

    private func signIn() async throws -> String {
        try await cldkctl.jwt(cldkctl.makeToken("first").secret)
    }

    @Test
    func `a token is made, listed, renamed, renewed and deleted`() async throws {
        let jwt = try await signIn()
        let made = try await cldkctl.call("POST", path, jwt, #"{"name":"ci","expired":"31/12/2026"}"#).data()
        let id = try made["id"].orFail().text.orFail()
        let secret = try made["token"].orFail().text.orFail()
        #expect(made.names == ["id", "name", "prefix", "status", "created_at", "expired_at", "token"])
        #expect(made["name"] == "ci")
        #expect(made["status"] == "active")
        #expect(made["expired_at"] == "2027-01-01T00:00:00Z")
        #expect(made["prefix"] == .string(String(secret.prefix(12))))
        #expect(try await cldkctl.exchange(secret).status == 200)

        let listed = try await cldkctl.call("GET", path, jwt).data().elements
        #expect(listed.count == 2)
        let one = try #require(listed.first { $0["id"] == .string(id) })
        // The secret is told once.
        #expect(one.names == ["id", "name", "prefix", "status", "created_at", "expired_at", "last_used_at"])

        let renamed = try await cldkctl.call("PUT", path + "/" + id, jwt, #"{"name":"cd"}"#).data()
        #expect(renamed["name"] == "cd")
        #expect(renamed["id"] == .string(id))

        let renewed = try await cldkctl.call("POST", path + "/regenerate/" + id, jwt, "{}").data()
        #expect(renewed["id"] == .string(id))
        #expect(renewed["expired_at"] == "2027-01-01T00:00:00Z")
        let successor = try renewed["token"].orFail().text.orFail()
        #expect(try await cldkctl.exchange(secret).status == 401)

        let deleted = try await cldkctl.call("DELETE", path + "/" + id, jwt)
        #expect(deleted.status == 200)
        #expect(try deleted.data() == .object(["id": .string(id), "name": "cd"]))
        #expect(try await cldkctl.exchange(successor).status == 401)
        #expect(try await cldkctl.call("GET", path, jwt).data().elements.count == 1)
        #expect(try await cldkctl.call("DELETE", path + "/" + id, jwt).status == 404)
    }

    @Test(
        arguments: [
            (#"{"name":"x"}"#, nil), (#"{"name":"x","expired":""}"#, nil), (#"{"name":"x","expiration_days":0}"#, nil),
            (#"{"name":"x","expiration_days":null,"expired":null}"#, nil),
            (#"{"name":"x","expiration_days":30}"#, 30 * 86_400.0),
            // The exact day wins over the number of days that known clients send.
            (#"{"name":"x","expiration_days":1,"expired":""}"#, nil),
        ] as [(String, Double?)])
    func `a life is a number of days, and none is for ever`(body: String, life: Double?) async throws {
        let jwt = try await signIn()
        let made = try await cldkctl.call("POST", path, jwt, body).data()
        let end = life.map { world.clock.now.addingTimeInterval($0).formatted(.iso8601) }
        #expect(made["expired_at"]?.text == end)
    }

    @Test(
        arguments: [
            #"{}"#, #"{"name":""}"#, #"{"name":7}"#, #"{"name":"x","expiration_days":-1}"#,
            #"{"name":"x","expiration_days":99999999999}"#, #"{"name":"x","expiration_days":"7"}"#,
            #"{"name":"x","expired":"2026-12-31"}"#, #"{"name":"x","expired":"30/02/2027"}"#,
            #"{"name":"x","expired":"01/01/2001"}"#, #"{"name":"x","expired":"31/12/2999"}"#, "[]", "",
        ])
    func `a wish that can't be granted is refused with 400, and makes nothing`(body: String) async throws {
        let jwt = try await signIn()
        let reply = try await cldkctl.call("POST", path, jwt, body)
        #expect(reply.status == 400)
        #expect(try reply.json().names == ["error", "message"])
        #expect(try await cldkctl.call("GET", path, jwt).data().elements.count == 1)
    }

    @Test
    func `nobody else's token can be seen, renamed, renewed or deleted`() async throws {
        let mine = try await cldkctl.makeToken("mine")
        let eve = try await cldkctl.makeToken("eve's", in: world.evesBrowser())
        let jwt = try await cldkctl.jwt(eve.secret)
        #expect(try await cldkctl.call("GET", path, jwt).data().elements.count == 1)
        for (method, path, body) in [
            ("PUT", path + "/" + mine.id, #"{"name":"stolen"}"#), ("DELETE", path + "/" + mine.id, nil),
            ("POST", path + "/regenerate/" + mine.id, "{}"),
        ] as [(String, String, String?)] {
            let reply = try await cldkctl.call(method, path, jwt, body)
            let unknown = try await cldkctl.call(
                method, path.replacing(mine.id, with: "nothing"), jwt, body)
            // The same as for one that does not exist: nobody learns which there are.
            #expect(reply.status == 404)
            #expect(reply.text == unknown.text)
        }
        #expect(try await cldkctl.exchange(mine.secret).status == 200)
    }

    @Test(arguments: ["GET", "POST", "PUT", "DELETE"])
    func `without a JWT nothing is told or done, and the long-lived token is none`(method: String) async throws {
        let token = try await cldkctl.makeToken()
        let path = ["GET", "POST"].contains(method) ? path : path + "/" + token.id
        for bearer in [nil, token.secret, "x", "a.b.c"] {
            let reply = try await cldkctl.call(method, path, bearer, method == "GET" ? nil : #"{"name":"x"}"#)
            #expect(reply.status == 401)
            #expect(reply["WWW-Authenticate"] == #"Bearer realm="keyfob""#)
        }
        #expect(try await cldkctl.exchange(token.secret).status == 200)
    }

    @Test
    func `the portal's page speaks the portal's words`() async throws {
        var browser = world.adasBrowser()
        let list = try await browser.get(CldkctlWorld.page)
        expectPage(list, 200, "Token")
        #expect(list.text.contains("New Token"))
        #expect(list.text.contains("Cloudeka"))
        let form = try await browser.get(CldkctlWorld.page + "/new")
        #expect(form.text.contains("Token Name"))
        #expect(form.text.contains("Expired date"))
        let made = try await browser.follow(browser.sendNewToken(at: CldkctlWorld.page))
        expectPage(made, 200, "Token has been successfully created")
        #expect(made.text.contains("Secret API Key"))
    }
}
