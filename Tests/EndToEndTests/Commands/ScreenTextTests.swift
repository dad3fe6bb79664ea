import KeyfobCommands
import Testing

/// What stands on a screen where a value is missing, or is not what it should be.
struct ScreenTextTests {
    private let environment = ["PLAIN_TOKEN": "t.o.k"]

    @Test
    func `text behind a bar stands for a missing value, and an empty one leaves the line out`() async throws {
        try await Bench.run(["GET /me": [#"{"name": "Ada"}"#]]) { bench in
            let whoami = try await bench.run(Plain.self, ["whoami"], environment: environment)
            #expect(whoami.status == 0, "\(whoami.errors)")
            #expect(whoami.output == "Title\nName: Ada\nTier: -\n{not one|\n")
        }
    }

    @Test
    func `a value cannot pretend to be another line`() async throws {
        try await Bench.run(["GET /me": [#"{"name": "Ada\nTier: gold", "tier": "{name}"}"#]]) { bench in
            let whoami = try await bench.run(Plain.self, ["whoami"], environment: environment)
            #expect(whoami.output == "Title\nName: Ada Tier: gold\nTier: {name}\n{not one|\n")
        }
    }

    @Test
    func `what opens a verb is for people and not for programs`() async throws {
        try await Bench.run(["GET /me": [#"{"name": "Ada"}"#]]) { bench in
            let whoami = try await bench.run(Plain.self, ["whoami", "--json"], environment: environment)
            #expect(whoami.output.hasPrefix("{"))
            #expect(whoami.errors == "")
            let refused = try await bench.run(Plain.self, ["whoami", "--json"])
            #expect(refused.status == 4)
            #expect(refused.errors.hasPrefix("{"))
        }
    }
}

/// A made-up product with one verb.
private struct Plain: ProductCLI {
    static let product = Product(
        name: "plain", displayName: "Plain", commandPath: "plain",
        service: .fixed(
            ServiceFacts(
                baseURL: "https://api.plain.test", checkPath: "/me", details: ["name": ["name"], "tier": ["tier"]])),
        clientID: "plain-cli", defaultScopes: [], methods: [],
        place: CredentialPlace(base: .home, folder: ".plain", file: "config.json", folderVariable: nil),
        variables: Product.Variables(token: "PLAIN_TOKEN"), wording: wording)

    static let layout = CredentialLayout(
        container: .one(name: "plain", path: []), names: CredentialLayout.Names(accessToken: "token"))
    static let abstract = "A tool with one verb."
    static let discussion = "It shows who is signed in."
    static let commands: [any ParsableCommand.Type] = [ProductWhoami<Plain>.self]

    private static var wording: Wording {
        var wording = Wording()
        wording.openings["whoami"] = [Wording.Line("Title")]
        wording.identity = []
        wording.verified = nil
        wording.details = [
            Wording.Line("Name: {name|-}"), Wording.Line("Tier: {tier|-}"), Wording.Line("Mail: {email}"),
            Wording.Line("{not one|"),
        ]
        return wording
    }
}
