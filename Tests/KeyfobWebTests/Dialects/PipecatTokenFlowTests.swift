import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The older generation's sign-in: statuses, types and members of its replies, and what an attacker gets.
struct PipecatTokenFlowTests {
    private let pipecat: PipecatWorld
    private var world: World { pipecat.world }

    init() async throws {
        pipecat = try await PipecatWorld()
    }

    @Test
    func `a start is answered with the flow, a secret, a page and a code`() async throws {
        let reply = try await pipecat.start()
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        #expect(try reply.json().names == ["token_flow_id", "wait_secret", "web_url", "code", "expires_in"])
        #expect(try reply.text("code").wholeMatch(of: #/[A-Z]{4}-[A-Z]{4}/#) != nil)
        let link = World.issuer + "/auth/cli?token_flow_id=" + (try reply.text("token_flow_id"))
        #expect(try reply.text("web_url") == link)
        #expect(try reply.json()["expires_in"] == 600)
    }

    @Test(arguments: ["", "?use_code=false"])
    func `clients of before the code get none`(query: String) async throws {
        let started = try await pipecat.start(query)
        #expect(try started.json().names == ["token_flow_id", "wait_secret", "web_url", "expires_in"])
        expectPage(try await pipecat.decide(started), 200, "You’re signed in")
        #expect(try await pipecat.poll(started).json()["status"] == "complete")
    }

    @Test(arguments: ["{}", "null", "not JSON", #"{"use_code":false}"#])
    func `whatever body a start has, it is none of this endpoint's`(body: String) async throws {
        let reply = try await world.send("POST", "/auth/login?use_code=true", body: body)
        #expect(reply.status == 200)
    }

    @Test
    func `while nobody has decided, the status is pending`() async throws {
        let started = try await pipecat.start()
        for _ in 0..<2 {
            let reply = try await pipecat.poll(started)
            #expect(reply.status == 200)
            #expect(reply["Content-Type"] == "application/json")
            #expect(reply["Cache-Control"] == "no-store")
            #expect(try reply.json() == .object(["status": "pending"]))
        }
    }

    @Test
    func `after the approval the status is complete, with an opaque token, once`() async throws {
        let started = try await pipecat.start()
        expectPage(try await pipecat.decide(started), 200, "You’re signed in")
        let reply = try await pipecat.poll(started)
        #expect(reply.status == 200)
        #expect(try reply.json().names == ["status", "token"])
        #expect(try reply.json()["status"] == "complete")
        let token = try reply.text("token")
        #expect(token.hasPrefix("pcc_") && !token.hasPrefix("pcc_pat_") && !token.contains("."))
        #expect(try await pipecat.api("/v1/users", token).status == 200)
        #expect(try await pipecat.poll(started).json() == .object(["status": "failure"]))
    }

    @Test
    func `a repeat with the same idempotency key gets the lost reply again`() async throws {
        let started = try await pipecat.start()
        _ = try await pipecat.decide(started)
        let key = ["Idempotency-Key": "5f0c1a3e9b7d4c2e8a6f"]
        let first = try await pipecat.poll(started, headers: key)
        #expect(try await pipecat.poll(started, headers: key).json() == first.json())
        #expect(try await pipecat.poll(started).json() == .object(["status": "failure"]))
    }

    @Test
    func `a HEAD of the status neither redeems nor says anything`() async throws {
        let started = try await pipecat.start()
        _ = try await pipecat.decide(started)
        let reply = try await pipecat.poll(started, method: "HEAD")
        #expect(reply.status == 200)
        #expect(reply.text.isEmpty)
        #expect(try await pipecat.poll(started).json()["status"] == "complete")
    }

    @Test
    func `after the denial the status is failure, and the reason says denied`() async throws {
        let started = try await pipecat.start()
        expectPage(try await pipecat.decide(started, pressing: "deny"), 200, "Request denied")
        let expected = JSON.object(["status": "failure", "reason": "denied"])
        for _ in 0..<2 { #expect(try await pipecat.poll(started).json() == expected) }
    }

    @Test
    func `after its life the status is failure, and the reason says expired`() async throws {
        let started = try await pipecat.start()
        world.clock.advance(by: 600)
        #expect(try await pipecat.poll(started).json() == .object(["status": "failure", "reason": "expired"]))
        var browser = world.adasBrowser()
        let page = try await browser.get("/auth/cli?token_flow_id=" + (try started.text("token_flow_id")))
        expectPage(page, 410, "This request has expired")
        #expect(page.text.contains("Pipecat Cloud"))
    }

    // The vendor's older client takes the word for a token, and asks for organizations with it.
    @Test(arguments: ["failure", "", "pending", "complete", "null"])
    func `no word of the wire is a token`(word: String) async throws {
        let reply = try await pipecat.api("/v1/organizations", word)
        #expect(reply.status == 401)
        #expect(try reply.json()["code"] == "401")
    }

    @Test
    func `whoever saw the link and has no secret takes nothing`() async throws {
        let started = try await pipecat.start()
        let id = try started.text("token_flow_id")
        let other = try await pipecat.start().text("wait_secret")
        _ = try await pipecat.decide(started)
        for secret in ["x", "kfw_", other, id, try started.text("wait_secret") + "x"] {
            #expect(try await pipecat.poll(id: id, secret: secret).json() == .object(["status": "failure"]))
        }
        #expect(try await pipecat.poll(started).json()["status"] == "complete")
    }

    @Test
    func `a link from a stranger leads nowhere without the code of the terminal`() async throws {
        let started = try await pipecat.start()
        let link = PipecatWorld.page + "?token_flow_id=" + (try started.text("token_flow_id"))
        var browser = world.adasBrowser()
        let page = try await browser.get(link)
        #expect(page.forms.allSatisfy { $0.action != PipecatWorld.page + "/approve" })
        var form = try page.form(link)
        form["user_code"] = "BCDF-GHJK"
        #expect(try await browser.submit(form).status == 422)
        #expect(try await pipecat.poll(started).json()["status"] == "pending")
    }

    @Test(arguments: ["", "?token_flow_id=x", "?wait_secret=x", "?token_flow_id=a&token_flow_id=b&wait_secret=c"])
    func `a poll without its parts is refused`(query: String) async throws {
        let reply = try await world.get("/auth/status" + query)
        #expect(reply.status == 400)
        #expect(try reply.json()["code"] == "400")
    }

    @Test
    func `the request's life is the operator's`() async throws {
        let short = try await PipecatWorld(options: ["request_life": .number(30)])
        #expect(try await short.start().json()["expires_in"] == 30)
    }

    @Test
    func `on the vendor's hosts the page is the dashboard's`() async throws {
        let hosts = ["api": "https://api.pipecat.daily.co", "dashboard": "https://pipecat.daily.co"]
        let there = try await PipecatWorld(hosts: hosts).at("https://api.pipecat.daily.co")
        #expect(try await there.start().text("web_url").hasPrefix("https://pipecat.daily.co/auth/cli?token_flow_id="))
        #expect(try await there.world.get("/auth/config").text("issuer") == "https://api.pipecat.daily.co")
        let metadata = try await there.world.get("/.well-known/openid-configuration").json()
        #expect(metadata["issuer"] == "https://api.pipecat.daily.co")
        #expect(metadata["authorization_endpoint"] == "https://pipecat.daily.co/authorize")
        #expect(metadata["token_endpoint"] == "https://api.pipecat.daily.co/oauth/token")
    }

    @Test
    func `without the operator's wish the dialect is not spoken`() async throws {
        let plain = try await World.open()
        #expect(try await plain.send("POST", "/auth/login").status == 404)
        for path in ["/auth/config", "/auth/status", "/v1/users", "/v1/organizations", PipecatWorld.tokenPage] {
            #expect(try await plain.get(path).status == 404)
        }
    }
}
