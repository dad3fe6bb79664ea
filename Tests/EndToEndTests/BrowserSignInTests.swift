import KeyfobClient
import KeyfobServer
import KeyfobTransport
import Synchronization
import Testing

@testable import keyfob

struct BrowserSignInTests {
    @Test
    func `a browser at hand signs in without a code`() async throws {
        try await World.run { world in
            let login = try await world.signInByBrowser("approve")
            #expect(login.status == 0, "\(login.errors)")
            #expect(login.output.contains("ada@example.org"))
            let grant = try #require(try await world.server.accessGrant(try await world.token()))
            #expect(grant.clientID == "keyfob")
        }
    }

    @Test
    func `who presses Deny in the browser reads that in the terminal`() async throws {
        try await World.run { world in
            let login = try await world.signInByBrowser("deny")
            #expect(login.status == 5)
            #expect(login.errors.contains("error: "))
        }
    }
}

extension World {
    /// Runs `keyfob login` with a browser that decides and goes where the server sends it, by a real connection.
    func signInByBrowser(_ decision: String) async throws -> Outcome {
        let (addresses, opened) = AsyncStream.makeStream(of: String.self)
        let transport = LiveTransport(TransportSettings(environment: [:], userAgent: "a browser"))
        async let browsed: Void = {
            for await address in addresses {
                let page = try await person.decide(decision, at: address)
                let callback = try #require(page.elsewhere.flatMap { WebAddress($0) })
                _ = try await transport.send(.get(callback), limits: HTTPLimits())
            }
        }()
        let outcome = try await run(
            Keyfob.self, "login", World.issuer, "--browser",
            openBrowser: { address in
                opened.yield(address)
                opened.finish()
                return true
            })
        opened.finish()
        try await browsed
        await transport.close()
        return outcome
    }
}
