import Foundation
import KeyfobServer
import Testing

@testable import keyfob

struct DeviceSignInTests {
    @Test
    func `a person signs in by a code, uses the token, and signs out`() async throws {
        try await World.run { world in
            let login = try await world.signIn()
            #expect(login.status == 0)
            #expect(login.output.contains("ada@example.org"))

            let whoami = try await world.run(Keyfob.self, "whoami", "--json")
            #expect(whoami.status == 0)
            #expect(whoami.output.contains("ada@example.org"))
            #expect(try await world.run(Keyfob.self, "status").status == 0)

            let token = try await world.token()
            let grant = try #require(try await world.server.accessGrant(token))
            #expect(grant.account.username == "ada")

            let logout = try await world.run(Keyfob.self, "logout")
            #expect(logout.status == 0)
            #expect(try await world.server.accessGrant(token) == nil)
            #expect(try await world.run(Keyfob.self, "token").status == 4)
        }
    }

    @Test
    func `who is denied reads that, exits with 5, and stores nothing`() async throws {
        try await World.run { world in
            let login = try await world.signIn("deny")
            #expect(login.status == 5)
            #expect(login.errors.contains("error: "))
            #expect(throws: (any Error).self) { try world.file(".config/keyfob/credentials.json") }
        }
    }

    @Test
    func `a code that nobody enters expires with exit code 1`() async throws {
        try await World.run { world in
            let login = try await world.run(Keyfob.self, "login", World.issuer, "--device")
            #expect(login.status == 1)
            #expect(login.errors.contains("expired"))
        }
    }

    @Test
    func `a network that fails while the person decides costs nothing`() async throws {
        try await World.run { world in
            world.clock.whenWaiting {
                world.network.weather = .out
                world.clock.whenWaiting {
                    world.network.weather = .fair
                    try await world.answer("approve")
                }
            }
            let login = try await world.run(Keyfob.self, "login", World.issuer, "--device")
            #expect(login.status == 0)
        }
    }

    @Test
    func `the reply to the approved poll is lost, and the next poll gets it again`() async throws {
        try await World.run { world in
            world.clock.whenWaiting {
                try await world.answer("approve")
                world.network.weather = .losesReplies
                world.clock.whenWaiting { world.network.weather = .fair }
            }
            let login = try await world.run(Keyfob.self, "login", World.issuer, "--device")
            #expect(login.status == 0, "\(login.errors)")
            #expect(try await world.server.accessGrant(try await world.token()) != nil)
        }
    }

    @Test
    func `nobody listens at the issuer: exit code 6 and an error that says so`() async throws {
        try await World.run { world in
            world.network.weather = .out
            let login = try await world.run(Keyfob.self, "login", World.issuer)
            #expect(login.status == 6)
            #expect(login.errors.hasPrefix("error: "))
            #expect(login.errors.contains("hint: "))
        }
    }
}

extension World {
    /// Runs `keyfob login --device` while the person answers.
    func signIn(_ decision: String = "approve") async throws -> Outcome {
        clock.whenWaiting { try await answer(decision) }
        return try await run(Keyfob.self, "login", World.issuer, "--device")
    }

    /// Reads address and code off the screen and decides.
    func answer(_ decision: String) async throws {
        let shown = try screen()
        let address = try #require(shown.firstMatch(of: /^\s*(http\S+\/device\S*)\s*$/.anchorsMatchLineEndings())?.1)
        let code = try #require(shown.firstMatch(of: /[A-Z0-9]{4}-[A-Z0-9]{4}/)?.0)
        let page = try await person.decide(decision, at: String(address), code: String(code))
        #expect(page.status == 200)
    }

    /// What `keyfob token` prints.
    func token() async throws -> String {
        let outcome = try await run(Keyfob.self, "token")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }
}
