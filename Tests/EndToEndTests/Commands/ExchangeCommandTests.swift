import KeyfobCommands
import Testing

/// A made-up product whose stored token is exchanged for the one that requests carry.
private struct Beta: ProductCLI {
    static let product = Product(
        name: "beta", displayName: "Beta", commandPath: "beta",
        service: .fixed(
            ServiceFacts(
                baseURL: "https://api.beta.test", checkPath: "/me",
                exchange: TokenExchange(path: "/exchange", replyPaths: [["data", "token"]]))),
        clientID: "beta", defaultScopes: [], methods: [.paste],
        place: CredentialPlace(base: .home, folder: ".beta", file: "config.json", folderVariable: nil),
        variables: Product.Variables(token: "BETA_TOKEN", exchangedToken: "BETA_ACCESS_TOKEN"),
        pasted: PastedToken(forms: [.prefix("beta_", atLeast: 4)]))
    static let layout = CredentialLayout(
        container: .one(name: "beta", path: []),
        names: CredentialLayout.Names(
            accessToken: "token", exchangedToken: ["session", "token"], exchangedExpiresAt: ["session", "expires_at"]))
    static let abstract = "An example."
    static let discussion = ""
    static let commands: [any ParsableCommand.Type] = [BetaLogin.self, BetaItems.self, ProductToken<Beta>.self]

    static func complete(_ credential: Credential, in session: Session) async throws -> Credential {
        guard credential.accessToken != Secret("beta_nobody") else {
            throw Failure("no_organization", "the account has no organization", exit: .failed)
        }
        return credential
    }
}

private struct BetaLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "auth")
    @Argument var token: String?

    func run() async throws {
        var wishes = LoginWishes(method: .paste)
        wishes.token = token
        try await Session(Beta.self).login(wishes, verb: "auth")
    }
}

private struct BetaItems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "items")

    func run() async throws {
        let session = try Session(Beta.self)
        let items: [String] = try await session.get("/items")
        try session.answer(items.joined(separator: ","))
    }
}

struct ExchangeCommandTests {
    private let script: [String: [ScriptedService.Reply]] = [
        "POST /exchange": [#"{"data": {"token": "jwt1"}}"#, #"{"data": {"token": "jwt2"}}"#],
        "GET /me": ["{}"],
        "GET /items": [#"["a", "b"]"#],
    ]

    @Test
    func `requests carry the token of the exchange, which is kept`() async throws {
        try await Bench.run(script) { bench in
            let login = try await bench.run(Beta.self, ["auth"], input: "beta_1234\n")
            #expect(login.status == 0, "\(login.errors)")
            let items = try await bench.run(Beta.self, ["items"])
            #expect(items.output == "a,b\n", "\(items.errors)")
            let token = try await bench.run(Beta.self, ["token"])
            #expect(token.output == "jwt1\n")
            #expect(bench.service.calls.contains("GET /items [Bearer jwt1]"))
            #expect(bench.service.calls.filter { $0.hasPrefix("POST /exchange") }.count == 1)
        }
    }

    @Test
    func `a token of the exchange that was ended before its time is replaced once`() async throws {
        var script = script
        script["GET /items"] = [.failing(401), #"["a"]"#]
        try await Bench.run(script) { bench in
            _ = try await bench.run(Beta.self, ["auth"], input: "beta_1234\n")
            let items = try await bench.run(Beta.self, ["items"])
            #expect(items.output == "a\n", "\(items.errors)")
            #expect(bench.service.calls.suffix(2).last == "GET /items [Bearer jwt2]")
            #expect(bench.file(".beta/config.json").contains("jwt2"))
        }
    }

    @Test
    func `a token from the environment is exchanged in memory only`() async throws {
        try await Bench.run(script) { bench in
            let items = try await bench.run(Beta.self, ["items"], environment: ["BETA_TOKEN": "beta_1234"])
            #expect(items.output == "a,b\n", "\(items.errors)")
            #expect(bench.file(".beta/config.json") == "")
        }
    }

    @Test
    func `what a product has against a credential keeps it from being stored`() async throws {
        try await Bench.run(script) { bench in
            let login = try await bench.run(Beta.self, ["auth", "beta_nobody"])
            #expect(login.status == 1)
            #expect(login.errors.contains("the account has no organization"))
            #expect(!bench.file(".beta/config.json").contains("beta_nobody"))
        }
    }
}
