import FoundationEssentials
import KeyfobDialects
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// The dialect on hosts of its own, with Ada in an organization that has a project.
struct PodstackWorld {
    static let client = "podstack-cli"
    static let hosts = [
        "api": "https://api.podstack.example", "dashboard": "https://cloud.podstack.example",
        "get": "https://get.podstack.example",
    ]

    let world: World

    /// A server that speaks the dialect beside another; `options` are the operator's.
    init(_ options: [String: Dialect.OptionValue] = [:]) async throws {
        var settings = DialectSettings()
        settings.options = options
        settings.hosts = Self.hosts
        let dialect = try Dialect.podstack.configured(by: settings)
        world = try await World.open(dialects: [dialect, .skytells])
        _ = try await world.server.addOrganization(slug: "lab", name: "Lab", owner: "ada")
        _ = try await world.server.createProject(name: "My Project", in: "lab", by: .operator)
    }

    var api: World { world.at(Self.hosts["api"] ?? "") }
    var dashboard: World { world.at(Self.hosts["dashboard"] ?? "") }
    var get: World { world.at(Self.hosts["get"] ?? "") }

    /// The tokens of a login by device code.
    func signIn(scope: String? = nil) async throws -> Reply {
        let started = try await api.startDevice(Self.client, scope: scope)
        _ = try await dashboard.decide(started.text("user_code"))
        return try await api.poll(started.text("device_code"), client: Self.client)
    }

    /// An API token that allows some scopes, all of them by default.
    func token(_ scopes: Scopes? = nil, days: Double? = 30) async throws -> String {
        let account = try await world.site.server.accessGrant(signIn().text("access_token")).orFail().account
        let kind = try Dialect.podstack.personalTokens.orFail().kind
        let wish = PersonalTokenWish(
            name: "ci", scopes: scopes ?? kind.offeredScopes,
            expiresAt: days.map { world.clock.now.addingTimeInterval($0 * 86_400) })
        return try await world.server.createPersonalToken(
            wish, kind: kind, account: account, from: Requester(address: nil)
        ).secret
    }

    /// A resource of the API, asked for with a token.
    func ask(_ path: String, _ token: String?, method: String = "GET", body: String? = nil) async throws -> Reply {
        let headers = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        return try await api.send(method, path, headers: headers, body: body)
    }
}
