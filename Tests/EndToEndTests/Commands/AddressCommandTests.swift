import KeyfobCommands
import Testing

/// A made-up product whose file may name another address of the service.
private struct Delta: ProductCLI {
    static let product = Product(
        name: "delta", displayName: "Delta", commandPath: "delta",
        service: .fixed(ServiceFacts(baseURL: "https://api.delta.test", checkPath: "/me")), clientID: "delta",
        defaultScopes: [], methods: [.paste],
        place: CredentialPlace(base: .home, folder: ".delta", file: "config.json", folderVariable: nil),
        variables: Product.Variables(token: "DELTA_TOKEN", baseURL: "DELTA_URL"))
    static let layout = CredentialLayout(
        container: .one(name: "delta", path: []), names: CredentialLayout.Names(accessToken: "token"))
    static let stored = StoredSettings(baseURL: [.file(["base_url"])])
    static let abstract = "An example."
    static let discussion = ""
    static let commands: [any ParsableCommand.Type] = [ProductWhoami<Delta>.self]
}

struct AddressCommandTests {
    @Test
    func `a token of the environment goes nowhere while the file with the address can't be read`() async throws {
        try await Bench.run(["GET /me": ["{}"]]) { bench in
            try bench.write(#"{"base_url": "https://delta.example"#, to: ".delta/config.json")
            let environment = ["DELTA_TOKEN": "delta_0123456789"]
            let lost = try await bench.run(Delta.self, ["whoami"], environment: environment)
            #expect(lost.status == 1)
            #expect(lost.errors.contains("config.json can't be understood"))
            #expect(bench.service.calls.isEmpty)
            let named = try await bench.run(
                Delta.self, ["whoami"], environment: environment.merging(["DELTA_URL": "https://delta.example"]) { $1 })
            #expect(named.status == 0, "\(named.errors)")
            #expect(bench.service.calls == ["GET /me [Bearer delta_0123456789]"])
        }
    }
}
