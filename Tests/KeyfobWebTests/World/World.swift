import FoundationEssentials
import Hummingbird
import HummingbirdTesting
import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// A site over a temporary database, asked without a socket, with a clock that the test sets.
struct World: Sendable {
    static let issuer = "https://id.example.com"

    let folder: TemporaryFolder
    let database: any SQLDatabase
    let clock: SettableClock
    let server: AuthorizationServer
    let day: FirstDay
    let site: Site
    private let application: Application<NamedHost>
    /// The origin that requests are for; without one they name no host that anybody knows.
    private(set) var origin = ""

    static func open(
        issuer: String = issuer, policy: Policy = Policy(), brand: Brand = .keyfob, dialects: [Dialect] = []
    ) async throws -> World {
        let day = try await FirstDay.shared.value
        let folder = try TemporaryFolder()
        let path = folder.path + "/keyfob.db"
        try day.file.write(to: URL(filePath: path))
        let database = try SQLiteDatabase.open(path: path)
        let clock = SettableClock()
        let server = try await AuthorizationServer(
            issuer: issuer, database: database, rootKey: rootKey(), policy: policy,
            opaqueTokenFormats: [AccessTokenPolicy.standardOpaqueFormat] + dialects.flatMap(\.tokenFormats),
            now: { clock.now }, random: .seeded(2)
        )
        for client in dialects.flatMap(\.clients) {
            try await server.ensureClient(id: client.id, name: client.name, settings: client.settings)
        }
        let site = try Site(server: server, brand: brand, dialects: dialects)
        return World(
            folder: folder, database: database, clock: clock, server: server, day: day, site: site,
            application: Application(responder: NamedHost(responder: buildResponder(site)))
        )
    }

    /// The same server, asked at one of its origins.
    func at(_ origin: String) -> World {
        var world = self
        world.origin = origin
        return world
    }

    static func rootKey() throws -> RootKey {
        try RootKey([UInt8](repeating: 7, count: RootKey.size)).orFail()
    }

    /// Sends a request and reads the reply; redirects are not followed.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Reply {
        var fields = HTTPFields()
        for (name, value) in headers { fields[try .init(name).orFail()] = value }
        let sent = fields
        let verb = try HTTPRequest.Method(rawValue: method).orFail()
        return try await application.test(.router) { client in
            let response = try await client.execute(
                uri: origin + path, method: verb, headers: sent, body: body.map { ByteBuffer(string: $0) }
            )
            return Reply(response)
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers: headers)
    }

    /// Posts a form without any cookie, as programs do.
    func post(
        _ path: String, _ fields: [(String, String?)], headers: [String: String] = [:]
    ) async throws -> Reply {
        let headers = headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { own, _ in own }
        return try await send("POST", path, headers: headers, body: FormFields(fields).encoded)
    }
}

/// What the operator does, for which there is no use case yet.
extension World {
    func disableAccount() async throws {
        let account = day.account
        try await database.write {
            try $0.execute("UPDATE accounts SET state = 'disabled' WHERE id = $1", [.text(account)])
        }
    }

    func disableClient(_ id: String) async throws {
        try await database.write {
            try $0.execute("UPDATE clients SET state = 'disabled' WHERE id = $1", [.text(id)])
        }
    }
}
