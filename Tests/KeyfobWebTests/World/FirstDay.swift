import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobTestSupport

/// What every world begins with: a database with one account, some clients, and two sign-ins of the same person.
///
/// Hashing passwords is slow by intent, so this is made once, and each world starts from a copy of its file.
struct FirstDay: Sendable {
    /// The one account's password.
    static let password = "correct horse battery staple"

    /// The database file.
    let file: Data
    /// The account's identifier.
    let account: String
    /// The secret of the client `service`.
    let serviceSecret: String
    /// The cookies' secrets of two browsers in which Ada is signed in.
    let browsers: [String]

    /// The one of this process.
    static let shared = Task { try await make() }

    private static func make() async throws -> FirstDay {
        let folder = try TemporaryFolder()
        let path = folder.path + "/keyfob.db"
        let database = try SQLiteDatabase.open(path: path)
        _ = try await Migrator(Schema.migrations).migrate(database, at: 0)
        let clock = SettableClock()
        let server = try await AuthorizationServer(
            issuer: World.issuer, database: database, rootKey: World.rootKey(), now: { clock.now },
            random: .seeded(1)
        )
        let account = try await server.addAccount(
            username: "ada", email: "ada@example.com", name: "Ada Lovelace", password: password
        )
        let secret = try await addClients(to: server)
        var browsers: [String] = []
        for _ in 0..<2 {
            let requester = Requester(address: nil)
            browsers.append(try await server.signIn(username: "ada", password: password, from: requester))
        }
        try await database.close()
        let file = try Data(contentsOf: URL(filePath: path))
        return FirstDay(file: file, account: account.id, serviceSecret: secret, browsers: browsers)
    }

    /// Registers the clients; returns the secret of the one that has any.
    private static func addClients(to server: AuthorizationServer) async throws -> String {
        var settings = Client.Settings()
        settings.redirectURIs = [
            "http://127.0.0.1/callback", "http://[::1]/callback", "http://localhost/callback",
            "https://app.example.com/cb", "https://app.example.com/with?from=keyfob",
        ]
        settings.isVerified = true
        for (id, name) in [("tool", "Tool"), ("other", "Other"), ("hostile", #"<img src=x onerror="alert(1)">"#)] {
            _ = try await server.addClient(id: id, name: name, isConfidential: false, settings: settings)
        }
        let service = try await server.addClient(
            id: "service", name: "Service", isConfidential: true, settings: settings
        )
        settings.grants = [.authorizationCode]
        _ = try await server.addClient(id: "browser-only", name: "B", isConfidential: false, settings: settings)
        settings.grants = [.deviceCode]
        settings.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        _ = try await server.addClient(id: "device-only", name: "D", isConfidential: false, settings: settings)
        return try service.secret.orFail()
    }
}
