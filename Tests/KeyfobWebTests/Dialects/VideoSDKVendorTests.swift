import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The vendor's own client, which knows no challenge: refused by default, and served where the operator accepts that.
struct VideoSDKVendorTests {
    @Test
    func `by default a start without a challenge is refused`() async throws {
        let videosdk = try await VideoSDKWorld()
        expectError(try await videosdk.vendorStart(), 400, "invalid_request")
        expectError(try await videosdk.world.send("POST", VideoSDKWorld.start, body: "{}"), 400, "invalid_request")
    }

    @Test(arguments: [
        ["Content-Type": "application/octet-stream", "User-Agent": "Python/3.13 aiohttp/3.12.15"],
        ["Content-Type": "application/json"], [:],
    ])
    func `where the operator accepts it, an empty body of any type starts a request`(
        headers: [String: String]
    ) async throws {
        let videosdk = try await VideoSDKWorld(["requires_challenge": .flag(false)])
        let reply = try await videosdk.world.send("POST", VideoSDKWorld.start, headers: headers)
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json")
        #expect(try reply.json().names == ["requestId", "expiresIn"])
    }

    @Test
    func `the vendor's client is told pending, then its token, with nothing but the id`() async throws {
        let videosdk = try await VideoSDKWorld(["requires_challenge": .flag(false)])
        let id = try await videosdk.vendorStart().text("requestId")
        #expect(try await videosdk.poll(id, verifier: nil).json() == .object(["status": "pending"]))
        _ = try await videosdk.decide(id)
        let reply = try await videosdk.poll(id, verifier: nil)
        #expect(reply.mediaType == "application/json")
        #expect(try reply.json()["status"] == "approved")
        #expect(try await videosdk.me(reply.text("token")).status == 200)
        // It stops at anything but 2xx, and would take an unknown word for a reason to poll on.
        #expect(try await videosdk.poll(id, verifier: nil).status == 404)
    }

    @Test
    func `the vendor's client is told of a denial by the one word at which it stops`() async throws {
        let videosdk = try await VideoSDKWorld(["requires_challenge": .flag(false)])
        let id = try await videosdk.vendorStart().text("requestId")
        _ = try await videosdk.decide(id, pressing: "deny")
        #expect(try await videosdk.poll(id, verifier: nil).json() == .object(["status": "expired"]))
    }

    @Test
    func `a challenge that was given is demanded there, too`() async throws {
        let videosdk = try await VideoSDKWorld(["requires_challenge": .flag(false)])
        let id = try await videosdk.start().text("requestId")
        _ = try await videosdk.decide(id)
        #expect(try await videosdk.poll(id, verifier: nil).status == 404)
        #expect(try await videosdk.poll(id).json()["status"] == "approved")
        // And a verifier for a request without a challenge proves nothing.
        let other = try await videosdk.vendorStart().text("requestId")
        #expect(try await videosdk.poll(other).status == 404)
    }

    @Test
    func `the operator sets how long requests and tokens live`() async throws {
        let videosdk = try await VideoSDKWorld(["request_life": .number(60), "token_life": .number(3_600)])
        let started = try await videosdk.start()
        #expect(try started.json()["expiresIn"] == 60)
        let token = try await videosdk.signIn()
        videosdk.world.clock.advance(by: 3_599)
        #expect(try await videosdk.me(token).status == 200)
        videosdk.world.clock.advance(by: 1)
        #expect(try await videosdk.me(token).status == 401)
    }
}
