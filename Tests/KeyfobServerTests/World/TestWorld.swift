import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobTestSupport

/// A server over a temporary database, with a clock that the test sets, randomness that repeats itself, one person
/// who is signed in with a browser, two public clients and a confidential one.
struct TestWorld: Sendable {
    static let issuer = "https://id.example.com"
    static let password = "correct horse battery staple"
    static let home = Requester(address: "192.0.2.7", agent: "tests/1.0", device: "workbench")
    static let callback = "http://127.0.0.1:51004/callback"
    /// The verifier of RFC 7636 appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    let folder: TemporaryFolder
    let database: any SQLDatabase
    let clock: SettableClock
    let random: RandomBytes
    let server: AuthorizationServer
    let person: Account
    let browser: BrowserSession
    let tool: Client
    let otherTool: Client
    let service: Client
    let serviceSecret: String

    static func open(policy: Policy = Policy()) async throws -> TestWorld {
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase.open(path: folder.path + "/keyfob.db")
        let clock = SettableClock()
        let random = RandomBytes.seeded(2_026)
        _ = try await Migrator(Schema.migrations).migrate(database, at: 0)
        let server = try await server(database, clock, random, policy: policy)
        let person = try await server.addAccount(
            username: "ada", email: "ada@example.com", name: "Ada Lovelace", password: password
        )
        let cookie = try await server.signIn(username: "ada", password: password, from: home)
        var settings = Client.Settings()
        settings.redirectURIs = [
            "http://127.0.0.1/callback", "http://localhost/callback", "https://app.example.com/cb",
        ]
        let (service, secret) = try await server.addClient(
            id: "service", name: "Service", isConfidential: true, settings: settings
        )
        return TestWorld(
            folder: folder, database: database, clock: clock, random: random, server: server, person: person,
            browser: try await server.browserSession(cookie).orFail(),
            tool: try await server.addClient(id: "tool", name: "Tool", isConfidential: false, settings: settings)
                .client,
            otherTool: try await server.addClient(
                id: "other", name: "Other", isConfidential: false, settings: settings
            ).client,
            service: service, serviceSecret: try secret.orFail()
        )
    }

    static func rootKey(_ byte: UInt8 = 7) throws -> RootKey {
        try RootKey([UInt8](repeating: byte, count: RootKey.size)).orFail()
    }

    static func server(
        _ database: any SQLDatabase, _ clock: SettableClock, _ random: RandomBytes, policy: Policy = Policy(),
        rootKeyByte: UInt8 = 7
    ) async throws -> AuthorizationServer {
        try await AuthorizationServer(
            issuer: issuer, database: database, rootKey: rootKey(rootKeyByte), policy: policy,
            opaqueTokenFormats: [AccessTokenPolicy.standardOpaqueFormat, personalFormat],
            now: { clock.now }, random: random
        )
    }

    /// A second sign-in of the same person, in another browser.
    func anotherBrowser() async throws -> BrowserSession {
        let cookie = try await server.signIn(username: "ada", password: Self.password, from: Self.home)
        return try await server.browserSession(cookie).orFail()
    }

    /// A client with settings of its own.
    func client(_ id: String, _ change: (inout Client.Settings) -> Void) async throws -> Client {
        var settings = tool.settings
        change(&settings)
        return try await server.addClient(id: id, name: id, isConfidential: false, settings: settings).client
    }
}

/// What the operator does, for which there is no use case yet.
extension TestWorld {
    func setAccount(active: Bool) async throws {
        let (id, state) = (person.id, active ? "active" : "disabled")
        try await database.write {
            try $0.execute("UPDATE accounts SET state = $2 WHERE id = $1", [.text(id), .text(state)])
        }
    }

    func setClient(_ client: Client, active: Bool) async throws {
        let (id, state) = (client.id, active ? "active" : "disabled")
        try await database.write {
            try $0.execute("UPDATE clients SET state = $2 WHERE id = $1", [.text(id), .text(state)])
        }
    }

    /// The kinds of all events that were written down, oldest first.
    func events() async throws -> [String] {
        try await database.read {
            try $0.execute("SELECT kind FROM audit_events ORDER BY rowid").map { try $0.text("kind") }
        }
    }

    /// How many sessions were opened so far, and how many of them live.
    func sessions() async throws -> Sessions {
        let states = try await database.read {
            try $0.execute("SELECT state FROM sessions").map { try $0.text("state") }
        }
        return Sessions(opened: states.count, live: states.count { $0 == "active" })
    }
}

/// How many sessions there are.
struct Sessions: Equatable {
    let opened: Int
    let live: Int
}

/// Ways to tokens.
extension TestWorld {
    func startDevice(
        _ client: Client? = nil, scope: String? = nil
    ) async throws -> AuthorizationServer.StartedDeviceAuthorization {
        try await server.startDeviceAuthorization(client: client ?? tool, scope: scope, from: Self.home)
    }

    func decide(
        _ started: AuthorizationServer.StartedDeviceAuthorization, approve: Bool = true
    ) async throws {
        let request = try await server.enterUserCode(started.userCode.display, session: browser, from: Self.home)
        try await server.decide(request, approve: approve, session: browser, from: Self.home)
    }

    /// A device code that a person approved.
    func approvedDeviceCode(_ client: Client? = nil, scope: String? = nil) async throws -> String {
        let started = try await startDevice(client, scope: scope)
        try await decide(started)
        return started.deviceCode
    }

    /// The tokens of a fresh session.
    func signIn(_ client: Client? = nil, scope: String? = nil) async throws -> TokenReply {
        let code = try await approvedDeviceCode(client, scope: scope)
        return try await server.redeemDeviceCode(code, client: client ?? tool)
    }

    /// The query of a good authorization request; changes replace, add, or with `nil` leave out a field.
    func query(_ changes: [String: String?] = [:]) -> FormFields {
        let fields: [(String, String?)] = [
            ("response_type", "code"), ("client_id", "tool"), ("redirect_uri", Self.callback),
            ("scope", "openid profile"), ("state", "af0ifjsldkj"), ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", PKCE.challenge(for: Self.verifier)), ("code_challenge_method", "S256"),
        ]
        let added = changes.filter { name, _ in !fields.contains { $0.0 == name } }.map { ($0.key, $0.value) }
        return FormFields(fields.map { ($0.0, changes[$0.0] ?? $0.1) } + added)
    }

    /// Where the browser goes after a person approved a request.
    func approvedRedirect(_ changes: [String: String?] = [:]) async throws -> String {
        let request = try await server.authorizationRequest(query(changes))
        return try await server.approve(request, session: browser, from: Self.home)
    }

    func authorizationCode(_ changes: [String: String?] = [:]) async throws -> String {
        try Self.queryOf(await approvedRedirect(changes)).single("code").orFail()
    }

    static func queryOf(_ redirect: String) throws -> FormFields {
        let mark = try redirect.firstIndex(of: "?").orFail()
        return try FormFields(parsing: redirect[redirect.index(after: mark)...])
    }

    static func redemption(
        _ code: String, redirectURI: String = callback, verifier: String = verifier, key: String? = nil
    ) -> AuthorizationServer.CodeRedemption {
        AuthorizationServer.CodeRedemption(
            code: code, redirectURI: redirectURI, verifier: verifier, idempotencyKey: key
        )
    }
}
