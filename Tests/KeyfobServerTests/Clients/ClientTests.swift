import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 6749 section 2.3](https://www.rfc-editor.org/rfc/rfc6749#section-2.3).
struct ClientTests {
    @Test func `a public client needs its identifier and a confidential one its secret`() async throws {
        let world = try await TestWorld.open()
        let server = world.server
        #expect(try await server.authenticate(ClientCredentials(id: "tool")) == world.tool)
        let credentials = ClientCredentials(id: "service", secret: world.serviceSecret)
        #expect(try await server.authenticate(credentials) == world.service)
        #expect(world.service.isConfidential)
        #expect(!world.tool.isConfidential)
    }

    @Test func `a wrong, missing or superfluous secret and an unknown client are one refusal`() async throws {
        let world = try await TestWorld.open()
        let secret = world.serviceSecret
        let credentials = [
            ClientCredentials(id: "service"), ClientCredentials(id: "service", secret: ""),
            ClientCredentials(id: "service", secret: String(secret.dropLast())),
            ClientCredentials(id: "service", secret: secret + "0"),
            ClientCredentials(id: "service", secret: AuthorizationServer.clientSecretFormat.make(world.random)),
            ClientCredentials(id: "tool", secret: secret), ClientCredentials(id: "nobody"),
            ClientCredentials(id: "nobody", secret: secret), ClientCredentials(id: "SERVICE", secret: secret),
        ]
        let first = try await refusal { try await world.server.authenticate(credentials[0]) }
        for one in credentials {
            let error = try await refusal { try await world.server.authenticate(one) }
            #expect(error.code == .oauth(.invalidClient))
            #expect(error.description == first.description)
        }
    }

    @Test func `a disabled client is unknown`() async throws {
        let world = try await TestWorld.open()
        try await world.setClient(world.tool, active: false)
        #expect(try await world.server.client("tool") == nil)
        await expectRefusal(.invalidClient) { try await world.server.authenticate(ClientCredentials(id: "tool")) }
    }

    @Test func `a client's settings are read back as they were written`() async throws {
        let world = try await TestWorld.open()
        let policies: [AccessTokenPolicy] = [
            .standard, .jwt(life: 1), .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil),
            .opaque(TokenFormat(prefix: "sk-", alphabet: .hexadecimal, length: 32, hasChecksum: false), life: 60),
        ]
        for (index, policy) in policies.enumerated() {
            let client = try await world.client("c\(index)") { settings in
                settings.accessToken = policy
                settings.userCodeHasDigits = true
                settings.dialect = "d"
            }
            #expect(client.settings.accessToken == policy)
            #expect(try await world.server.client("c\(index)") == client)
        }
    }

    @Test func `a client's identifier, name and redirect URIs are checked, and it is added once`() async throws {
        let world = try await TestWorld.open()
        let server = world.server
        await expectRefusal(.alreadyExists) {
            try await server.addClient(id: "tool", name: "T", isConfidential: false, settings: Client.Settings())
        }
        for id in ["", "a b", "a/b", "ä", String(repeating: "a", count: 129)] {
            await expectRefusal(.invalidInput) {
                try await server.addClient(id: id, name: "T", isConfidential: false, settings: Client.Settings())
            }
        }
        for uri in ["http://example.com/cb", "javascript:alert(1)", "https://a/#x", "http://localhost@evil/", ""] {
            var settings = Client.Settings()
            settings.redirectURIs = [uri]
            await expectRefusal(.invalidInput) {
                try await server.addClient(id: "new", name: "T", isConfidential: false, settings: settings)
            }
        }
    }

    @Test func `the general client is made once and what the operator changed is left alone`() async throws {
        let world = try await TestWorld.open()
        try await world.server.ensureKeyfobClient()
        let client = try #require(try await world.server.client("keyfob"))
        #expect(!client.isConfidential)
        try await world.setClient(client, active: false)
        try await world.server.ensureKeyfobClient()
        #expect(try await world.server.client("keyfob") == nil)
    }

    @Test func `a seeded client follows its facts, and a disabled one stays disabled`() async throws {
        let world = try await TestWorld.open()
        var settings = Client.Settings()
        try await world.server.seedClient(id: "seed", name: "Seed", settings: settings)
        let first = try #require(try await world.server.client("seed"))
        try await world.server.seedClient(id: "seed", name: "Seed", settings: settings)
        #expect(try await world.events().last == "client.added")
        settings.accessToken = .jwt(life: 60)
        settings.browserRequests = BrowserRequestPolicy(life: 5, requiresChallenge: false)
        try await world.server.seedClient(id: "seed", name: "Sprout", settings: settings)
        let second = try #require(try await world.server.client("seed"))
        #expect(second.settings == settings)
        #expect(second.name == "Sprout")
        #expect(try await world.events().last == "client.changed")
        try await world.setClient(first, active: false)
        try await world.server.seedClient(id: "seed", name: "Seed", settings: settings)
        #expect(try await world.server.client("seed") == nil)
    }

    @Test func `a seed leaves a client alone that was registered with a secret`() async throws {
        let world = try await TestWorld.open()
        try await world.server.seedClient(id: "service", name: "Seed", settings: Client.Settings())
        #expect(try await world.server.client("service") == world.service)
    }
}
