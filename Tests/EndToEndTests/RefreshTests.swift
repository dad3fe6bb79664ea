import KeyfobServer
import Testing

@testable import keyfob

struct RefreshTests {
    @Test
    func `a fresh token is handed out without any call`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            let before = world.network.calls
            #expect(try await world.token() == world.token())
            #expect(world.network.calls == before)
        }
    }

    @Test
    func `a token near its end is refreshed, and the old login goes on`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            let first = try await world.token()
            world.clock.advance(by: .seconds(850))
            let second = try await world.token()
            #expect(second != first)
            #expect(try await world.server.accessGrant(second) != nil)
        }
    }

    @Test
    func `a refresh whose reply is lost is repeated, and nobody is signed out`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            world.clock.advance(by: .seconds(3_600))
            world.network.weather = .losesReplies
            let lost = try await world.run(Keyfob.self, "token")
            #expect(lost.status == 6)
            world.network.weather = .fair
            let token = try await world.token()
            #expect(try await world.server.accessGrant(token) != nil)
        }
    }

    @Test
    func `a lost reply that is had again too late brings a live token all the same`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            world.clock.advance(by: .seconds(3_600))
            world.network.weather = .losesReplies
            let lost = try await world.run(Keyfob.self, "token")
            #expect(lost.status == 6)
            world.network.weather = .fair
            world.clock.advance(by: .seconds(3_600))
            let token = try await world.token()
            #expect(try await world.server.accessGrant(token) != nil)
            #expect(try await world.token() == token)
        }
    }

    @Test(arguments: [Network.Weather.out, .captivePortal])
    func `bad weather keeps the login`(_ weather: Network.Weather) async throws {
        try await World.run { world in
            _ = try await world.signIn()
            world.clock.advance(by: .seconds(3_600))
            world.network.weather = weather
            #expect(try await world.run(Keyfob.self, "token").status != 0)
            world.network.weather = .fair
            #expect(try await world.run(Keyfob.self, "token").status == 0)
        }
    }

    @Test
    func `a session that ended on the server ends the login with exit code 4`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            let grant = try #require(try await world.server.accessGrant(try await world.token()))
            let client = try #require(try await world.server.client(grant.clientID))
            let stored = try world.file(".config/keyfob/credentials.json")
            let refresh = try #require(stored.firstMatch(of: /"refresh_token": "([^"]+)"/)?.1)
            try await world.server.revoke(String(refresh), client: client)
            world.clock.advance(by: .seconds(3_600))
            let ended = try await world.run(Keyfob.self, "token")
            #expect(ended.status == 4)
            #expect(ended.output.isEmpty)
        }
    }

    @Test
    func `sixteen commands that need a new token at once cause one refresh and all get a token`() async throws {
        try await World.run { world in
            _ = try await world.signIn()
            world.clock.advance(by: .seconds(3_600))
            let before = world.network.calls.count { $0.hasPrefix("POST /oauth/token") }
            let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<16 {
                    // They wait for each other in earnest: a leap would end everyone's patience.
                    group.addTask {
                        try await world.run(Keyfob.self, "token", waitingBy: ContinuousClock()).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 0, count: 16))
            #expect(world.network.calls.count { $0.hasPrefix("POST /oauth/token") } == before + 1)
        }
    }
}
