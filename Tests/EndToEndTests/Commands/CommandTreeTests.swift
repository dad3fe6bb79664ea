import KeyfobCommands
import Testing

struct CommandTreeTests {
    @Test
    func `a near miss is suggested at the level where it was typed`() async throws {
        try await Bench.run([:]) { bench in
            let inner = try await bench.run(Acme.self, ["auth", "logn"])
            #expect(inner.status == 2)
            #expect(inner.errors.contains("'logn'") && inner.errors.contains("did you mean 'login'?") == false)
            #expect(inner.errors.contains("Did you mean 'login'?"))
            let outer = try await bench.run(Acme.self, ["--profile", "auht", "auht"])
            #expect(outer.errors.contains("Did you mean 'auth'?"))
        }
    }

    @Test
    func `a word that nothing resembles says first that nobody is signed in`() async throws {
        try await Bench.run([:]) { bench in
            let outcome = try await bench.run(Acme.self, ["pod", "list", "--help"])
            #expect(outcome.status == 4)
            #expect(outcome.errors == "Error: Not signed in\nSolution: Sign in\nacme auth login\n")
        }
    }

    @Test
    func `with a token, a word without a program is wrong usage`() async throws {
        try await Bench.run([:]) { bench in
            let outcome = try await bench.run(Acme.self, ["pod", "list"], environment: ["ACME_TOKEN": "acme_12345678"])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("acme-pod"))
        }
    }

    @Test
    func `a short h can be something else than help`() async throws {
        try await Bench.run(["POST /start": [.failing(500)]]) { bench in
            let headless = try await bench.run(Acme.self, ["auth", "login", "-h"])
            #expect(headless.status == 6)
            #expect(!headless.output.contains("USAGE"))
            let help = try await bench.run(Acme.self, ["auth", "login", "--help"])
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE"))
        }
    }

    @Test
    func `a tool adapts its command line before it is read, errors included`() async throws {
        try await Bench.run([:]) { bench in
            let json = ["ACME_OUTPUT": "json"]
            let shown = try await bench.run(Acme.self, ["config", "get-profile"], environment: json)
            #expect(shown.status == 0)
            let failed = try await bench.run(Acme.self, ["auth", "status"], environment: json)
            #expect(failed.errors.hasPrefix("{"))
            let wrong = try await bench.run(Acme.self, ["auth", "status"], environment: ["ACME_OUTPUT": "xml"])
            #expect(wrong.status == 2)
        }
    }

    @Test
    func `errors are objects where the tool's own option asks for JSON`() async throws {
        try await Bench.run([:]) { bench in
            for arguments in [["-o", "json", "auth", "status"], ["auth", "status", "--output", "json"]] {
                let outcome = try await bench.run(Acme.self, arguments)
                #expect(outcome.status == 4)
                #expect(outcome.errors.contains("\"code\": \"not_signed_in\""))
                #expect(outcome.errors.contains("\"hint\": \"Sign in: acme auth login\""))
            }
        }
    }
}
