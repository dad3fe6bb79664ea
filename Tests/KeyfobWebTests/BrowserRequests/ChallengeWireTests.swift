import HTTPTypes
import Hummingbird
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// How our own programs send challenge and verifier, and others none.
struct ChallengeWireTests {
    private let world: World

    init() async throws {
        let dialect = Dialect(
            name: "echo", brand: .keyfob, clients: [], tokenFormats: [], scopeWords: [:],
            addRoutes: { router, _ in
                router.post("echo") { request, _ in
                    let (challenge, device) = try await request.browserRequestStart()
                    return "\(challenge ?? "none") \(request.pollVerifier ?? "none")\(device.map { " " + $0 } ?? "")"
                }
            }
        )
        world = try await World.open(dialects: [dialect])
    }

    private func echo(_ body: String?, headers: [String: String] = [:]) async throws -> Reply {
        try await world.send("POST", "/echo", headers: headers, body: body)
    }

    @Test
    func `no body means no challenge, whatever the content type`() async throws {
        #expect(try await echo(nil).text == "none none")
        #expect(try await echo("", headers: ["Content-Type": "application/octet-stream"]).text == "none none")
        #expect(try await echo("{}", headers: ["Content-Type": "application/json"]).text == "none none")
    }

    @Test
    func `the challenge is in the body and the verifier in a header`() async throws {
        let body = #"{"code_challenge":"\#(World.challenge)","code_challenge_method":"S256"}"#
        let reply = try await echo(body, headers: ["Code-Verifier": World.verifier])
        #expect(reply.text == "\(World.challenge) \(World.verifier)")
        let named = #"{"device_name":"bench","code_challenge":"\#(World.challenge)","code_challenge_method":"S256"}"#
        #expect(try await echo(named).text == "\(World.challenge) none bench")
    }
}
