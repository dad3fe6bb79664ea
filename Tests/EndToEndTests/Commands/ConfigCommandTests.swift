import KeyfobCommands
import Testing

struct ConfigCommandTests {
    @Test
    func `settings are written by name, checked, and shown`() async throws {
        try await Bench.run([:]) { bench in
            let answer1 = try await bench.run(Acme.self, ["config", "get", "defaults.output"])
            #expect(answer1.output == "table\n")
            let ended2 = try await bench.run(Acme.self, ["config", "set", "defaults.output", "json"])
            #expect(ended2.status == 0)
            let answer3 = try await bench.run(Acme.self, ["config", "get", "defaults.output"])
            #expect(answer3.output == "json\n")
            let wrong = try await bench.run(Acme.self, ["config", "set", "defaults.output", "xml"])
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("table, json"))
            let ended4 = try await bench.run(Acme.self, ["config", "reset"])
            #expect(ended4.status == 0)
            let answer5 = try await bench.run(Acme.self, ["config", "get", "defaults.output"])
            #expect(answer5.output == "table\n")
        }
    }

    @Test
    func `an unknown setting lists those that there are`() async throws {
        try await Bench.run([:]) { bench in
            let outcome = try await bench.run(Acme.self, ["config", "get", "default.output"])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("Did you mean 'defaults.output'?"))
            #expect(outcome.errors.contains("auth.token"))
        }
    }

    @Test
    func `a token is shown by its beginning only, and not set by name`() async throws {
        try await Bench.run([:]) { bench in
            try bench.write(#"{"auth": {"token": "acme_0123456789abcdef"}}"#, to: ".acme/config.json")
            let answer6 = try await bench.run(Acme.self, ["config", "get", "auth.token"])
            #expect(answer6.output == "acme_012****\n")
            let show = try await bench.run(Acme.self, ["config", "show"])
            #expect(show.output.contains("acme_012****"))
            #expect(!show.output.contains("acme_0123456789abcdef"))
            let ended7 = try await bench.run(Acme.self, ["config", "set", "auth.token", "x"])
            #expect(ended7.status == 2)
        }
    }

    @Test
    func `a short token is not shown at all, nor what stands in a table of tokens`() async throws {
        try await Bench.run([:]) { bench in
            try bench.write(
                #"{"auth": {"token": "acme_012"}, "tokens": {"mine": "xyz"}, "public_key": "pk"}"#,
                to: ".acme/config.json")
            let token = try await bench.run(Acme.self, ["config", "get", "auth.token"])
            #expect(token.output == "****\n")
            let show = try await bench.run(Acme.self, ["config", "show"])
            #expect(show.output.contains(#""token": "****""#))
            #expect(show.output.contains(#""mine": "****""#))
            #expect(show.output.contains(#""public_key": "pk""#))
        }
    }

    @Test
    func `a profile is chosen by option before the file's pointer`() async throws {
        try await Bench.run([:]) { bench in
            let ended8 = try await bench.run(Acme.self, ["config", "set-profile", "work"])
            #expect(ended8.status == 0)
            let answer9 = try await bench.run(Acme.self, ["config", "get-profile"])
            #expect(answer9.output == "work\n")
            let answer10 = try await bench.run(Acme.self, ["--profile", "p2", "config", "get-profile"])
            #expect(answer10.output == "p2\n")
            let ended11 = try await bench.run(Acme.self, ["config", "set-profile", "../x"])
            #expect(ended11.status == 2)
        }
    }
}
