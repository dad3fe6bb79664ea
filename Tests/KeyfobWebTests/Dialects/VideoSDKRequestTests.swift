import KeyfobTestSupport
import Testing

/// The vendor's sign-in by a request's id: statuses, types and members of its replies, and what an attacker gets.
struct VideoSDKRequestTests {
    private let videosdk: VideoSDKWorld
    private var world: World { videosdk.world }

    init() async throws {
        videosdk = try await VideoSDKWorld()
    }

    @Test
    func `a start is answered with the request's id and its life of ten minutes`() async throws {
        let reply = try await videosdk.start()
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(reply["Cache-Control"] == "no-store")
        let told = try reply.json()
        #expect(told.names == ["requestId", "expiresIn"])
        #expect(told["expiresIn"] == 600)
        // The vendor's client puts it into the page's address as it is.
        #expect(try reply.text("requestId").wholeMatch(of: #/[A-Za-z0-9_]{20,}/#) != nil)
    }

    @Test
    func `while nobody has decided, the answer is pending, to whoever has the verifier`() async throws {
        let id = try await videosdk.start().text("requestId")
        for _ in 0..<2 {
            let reply = try await videosdk.poll(id)
            #expect(reply.status == 200)
            #expect(reply["Content-Type"] == "application/json")
            #expect(reply["Cache-Control"] == "no-store")
            #expect(try reply.json() == .object(["status": "pending"]))
        }
    }

    @Test
    func `after the approval the answer carries the token, once`() async throws {
        let id = try await videosdk.start().text("requestId")
        expectPage(try await videosdk.decide(id), 200, "You’re signed in")
        let reply = try await videosdk.poll(id)
        #expect(reply.status == 200)
        #expect(reply["Cache-Control"] == "no-store")
        #expect(try reply.json().names == ["status", "token"])
        #expect(try reply.json()["status"] == "approved")
        #expect(try await videosdk.me(reply.text("token")).status == 200)
        #expect(try await videosdk.poll(id).status == 404)
    }

    @Test
    func `a repeat with the same idempotency key gets the lost reply again`() async throws {
        let id = try await videosdk.start().text("requestId")
        _ = try await videosdk.decide(id)
        let key = ["Idempotency-Key": "5f0c1a3e9b7d4c2e8a6f"]
        let first = try await videosdk.poll(id, headers: key)
        #expect(try await videosdk.poll(id, headers: key).json() == first.json())
        #expect(try await videosdk.poll(id, verifier: nil, headers: key).status == 404)
    }

    @Test
    func `a HEAD of the status neither redeems nor says anything`() async throws {
        let id = try await videosdk.start().text("requestId")
        _ = try await videosdk.decide(id)
        let reply = try await videosdk.poll(id, method: "HEAD")
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(reply.text.isEmpty)
        #expect(try await videosdk.poll(id).json()["status"] == "approved")
    }

    @Test
    func `after the denial the answer is denied, and stays so`() async throws {
        let id = try await videosdk.start().text("requestId")
        expectPage(try await videosdk.decide(id, pressing: "deny"), 200, "Request denied")
        for _ in 0..<2 { #expect(try await videosdk.poll(id).json() == .object(["status": "denied"])) }
    }

    @Test
    func `after its life the answer is expired, and its page says so`() async throws {
        let id = try await videosdk.start().text("requestId")
        world.clock.advance(by: 600)
        #expect(try await videosdk.poll(id).json() == .object(["status": "expired"]))
        var browser = world.adasBrowser()
        let page = try await browser.get(VideoSDKWorld.page + "?requestId=" + id)
        expectPage(page, 410, "This request has expired")
        #expect(page.text.contains("VideoSDK"))
    }

    @Test(arguments: [nil, "x", World.challenge, String(World.verifier.dropLast()) + "l"] as [String?])
    func `whoever saw the link and has no verifier learns nothing and takes nothing`(verifier: String?) async throws {
        let id = try await videosdk.start().text("requestId")
        expectError(try await videosdk.poll(id, verifier: verifier), 404, "invalid_request")
        _ = try await videosdk.decide(id)
        expectError(try await videosdk.poll(id, verifier: verifier), 404, "invalid_request")
        #expect(try await videosdk.poll(id).json()["status"] == "approved")
    }

    @Test
    func `a verifier in the query is none`() async throws {
        let id = try await videosdk.start().text("requestId")
        _ = try await videosdk.decide(id)
        let path = VideoSDKWorld.status + "?requestId=\(id)&Code-Verifier=\(World.verifier)"
        #expect(try await world.get(path + "&code_verifier=" + World.verifier).status == 404)
    }

    @Test(arguments: ["abc123xyz", "kfq_x", "'%20OR%201=1", String(repeating: "a", count: 3_000)])
    func `an unknown id is 404`(id: String) async throws {
        expectError(try await videosdk.poll(id), 404, "invalid_request")
    }

    @Test(arguments: ["", "?", "?requestId=", "?request_id=x", "?requestId=a&requestId=b"])
    func `a poll without its id is refused`(query: String) async throws {
        let reply = try await world.get(VideoSDKWorld.status + query, headers: ["Code-Verifier": World.verifier])
        expectError(reply, 400, "invalid_request")
    }

    @Test(arguments: ["[]", "null", "{", "7", "code_challenge=x", #"{"code_challenge":7}"#])
    func `a body that is no JSON object is refused`(body: String) async throws {
        let headers = ["Content-Type": "application/json"]
        let reply = try await world.send("POST", VideoSDKWorld.start, headers: headers, body: body)
        expectError(reply, 400, "invalid_request")
    }

    @Test(arguments: ["x", "", World.challenge + "="])
    func `a malformed challenge is refused`(challenge: String) async throws {
        expectError(try await videosdk.start(challenge: challenge), 400, "invalid_request")
    }

    @Test
    func `the challenge's method is S256 and no other`() async throws {
        for method in [#","code_challenge_method":"plain""#, ""] {
            let body = #"{"code_challenge":"\#(World.challenge)"\#(method)}"#
            expectError(try await world.send("POST", VideoSDKWorld.start, body: body), 400, "invalid_request")
        }
    }

    @Test
    func `other methods are not allowed, and without the operator's wish the dialect is not spoken`() async throws {
        #expect([404, 405].contains(try await world.get(VideoSDKWorld.start).status))
        #expect([404, 405].contains(try await world.send("POST", VideoSDKWorld.status).status))
        let plain = try await World.open()
        #expect(try await plain.send("POST", VideoSDKWorld.start).status == 404)
        #expect(try await plain.get(VideoSDKWorld.me).status == 404)
        #expect(try await plain.get(VideoSDKWorld.page).status == 404)
    }

    @Test
    func `a large body is refused with 413, and every reply has the security headers`() async throws {
        let body = #"{"x":""# + String(repeating: "x", count: 70_000) + #""}"#
        let large = try await world.send("POST", VideoSDKWorld.start, body: body)
        #expect(large.status == 413)
        for reply in [large, try await videosdk.start(), try await videosdk.poll("x"), try await videosdk.me(nil)] {
            #expect(reply["X-Content-Type-Options"] == "nosniff")
            #expect(reply["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        }
    }
}
