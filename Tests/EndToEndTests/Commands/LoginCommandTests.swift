import KeyfobCommands
import Testing

struct LoginCommandTests {
    private let flow: [String: [ScriptedService.Reply]] = [
        "POST /start": [#"{"id": "r1", "life": 600}"#],
        "GET /poll?id=r1": [#"{"status": "pending"}"#, #"{"status": "approved", "token": "acme_granted_1"}"#],
        "GET /v1/projects": [#"{"projects": ["alpha"]}"#],
        "GET /v1/me": [#"{"user": {"email": "ada@example.org"}, "tier": "gold"}"#],
        "POST /revoke": [.init(body: "{}")],
    ]

    @Test
    func `a request is approved, stored, and what follows a login is done`() async throws {
        try await Bench.run(flow) { bench in
            let login = try await bench.run(Acme.self, ["auth", "login"])
            #expect(login.status == 0, "\(login.errors)")
            let rule = String(repeating: "━", count: 40)
            #expect(
                login.output == """

                    \(rule)
                    Authentication
                    \(rule)

                    Open https://api.acme.test/confirm?id=r1
                    Waiting for authentication...
                    ✓ Signed in, 1 project(s)

                    """)
            #expect(bench.file(".acme/config.json").contains("acme_granted_1"))
            let get = try await bench.run(Acme.self, ["config", "get", "defaults.project"])
            #expect(get.output == "alpha\n")
        }
    }

    @Test
    func `status and whoami show what the service says, and leave out what it does not`() async throws {
        try await Bench.run(flow) { bench in
            _ = try await bench.run(Acme.self, ["auth", "login"])
            let status = try await bench.run(Acme.self, ["auth", "status"])
            #expect(status.output == "Authenticated as: ada@example.org\nTier: gold\n")
            let whoami = try await bench.run(Acme.self, ["auth", "whoami"])
            #expect(whoami.output == "Email: ada@example.org\nTier: gold\n")
            #expect(bench.service.calls.contains("GET /v1/me [Bearer acme_granted_1]"))
        }
    }

    @Test
    func `a token from standard input is checked, stored in the profile that was named, and never revoked`()
        async throws
    {
        try await Bench.run(flow) { bench in
            let login = try await bench.run(
                Acme.self, ["--profile", "work", "auth", "login", "--paste"], input: " acme_pasted_1 \n")
            #expect(login.status == 0, "\(login.errors)")
            let other = try await bench.run(Acme.self, ["auth", "status"])
            #expect(other.status == 4)
            _ = try await bench.run(Acme.self, ["config", "set-profile", "work"])
            let status = try await bench.run(Acme.self, ["auth", "status"])
            #expect(status.status == 0)
            let logout = try await bench.run(Acme.self, ["auth", "logout"])
            #expect(logout.output == "Removed here\n")
            #expect(!bench.service.calls.contains { $0.hasPrefix("POST /revoke") })
            #expect(!bench.file(".acme/config.json").contains("acme_pasted_1"))
        }
    }

    @Test
    func `an empty line is wrong usage, a malformed token a failure, and neither asks the service`() async throws {
        try await Bench.run([:]) { bench in
            let empty = try await bench.run(Acme.self, ["auth", "login", "--paste"], input: "\n")
            #expect(empty.status == 2)
            let malformed = try await bench.run(Acme.self, ["auth", "login", "--paste"], input: "sk_12345678\n")
            #expect(malformed.status == 1)
            #expect(bench.service.calls.isEmpty)
        }
    }

    @Test
    func `a token that the service refuses is not stored, in the product's words`() async throws {
        try await Bench.run(["GET /v1/me": [.failing(401)]]) { bench in
            let outcome = try await bench.run(Acme.self, ["auth", "login", "--token", "acme_refused_1"])
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("Warning: A token on the command line"))
            #expect(
                outcome.errors.hasSuffix(
                    "Error: Invalid authentication token\nSolution: Generate a new token from the dashboard\n"))
            #expect(!bench.file(".acme/config.json").contains("acme_refused_1"))
        }
    }

    @Test
    func `what is no phrase of the product gets the words of its verb`() async throws {
        try await Bench.run(["POST /start": [.failing(418, #"{"error": "no tea"}"#)]]) { bench in
            let outcome = try await bench.run(Acme.self, ["auth", "login"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Error: Authentication failed: "))
        }
    }

    @Test
    func `revoke kills a pasted token, and keeps it where the server did not`() async throws {
        var script = flow
        script["POST /revoke"] = [.failing(503), "{}"]
        script["GET /v1/me"] = [#"{"tier": "gold"}"#, .failing(401)]
        try await Bench.run(script) { bench in
            _ = try await bench.run(Acme.self, ["auth", "login", "--paste"], input: "acme_pasted_1\n")
            let failed = try await bench.run(Acme.self, ["auth", "revoke"])
            #expect(failed.status == 6)
            #expect(bench.file(".acme/config.json").contains("acme_pasted_1"))
            let done = try await bench.run(Acme.self, ["auth", "revoke"])
            #expect(done.status == 0, "\(done.errors)")
            #expect(!bench.file(".acme/config.json").contains("acme_pasted_1"))
        }
    }

    @Test
    func `a token that can't be refreshed says so`() async throws {
        try await Bench.run(flow) { bench in
            _ = try await bench.run(Acme.self, ["auth", "login", "--paste"], input: "acme_pasted_1\n")
            let ended1 = try await bench.run(Acme.self, ["auth", "refresh"])
            #expect(ended1.status == 1)
        }
    }

    @Test
    func `a table is as wide as its texts, and what a server says commands no terminal`() async throws {
        var script = flow
        script["GET /v1/projects"] = ["{\"projects\": [\"alpha\", \"b\\u001b[2J\"]}"]
        try await Bench.run(script) { bench in
            let list = try await bench.run(
                Acme.self, ["projects"],
                environment: ["ACME_TOKEN": "acme_12345678", "ACME_PROJECT": "alpha"])
            #expect(list.output == "Name   Active\nalpha  yes\nb\u{FFFD}[2J  \n")
        }
    }
}
