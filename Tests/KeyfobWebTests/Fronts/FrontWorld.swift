import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb

/// A server with two products, each on hosts of its own.
enum FrontWorld {
    static let api = "https://api.orchard.example"
    static let console = "https://console.orchard.example"
    static let harbour = "http://harbour.localhost:8443"

    static let hosts: [String: [String: String]] = [
        "orchard": ["api": api, "console": console], "harbour": ["all": harbour],
    ]

    static func open(
        issuer: String = World.issuer, hosts: [String: [String: String]] = hosts, policy: Policy = Policy()
    ) async throws -> World {
        try await World.open(issuer: issuer, policy: policy, dialects: dialects(hosts))
    }

    /// Two products that both answer `/v1/name`.
    static func dialects(_ hosts: [String: [String: String]]) throws -> [Dialect] {
        let orchard = try dialect(
            "orchard", "Orchard", "#b03a2e",
            [.init("api", isIssuer: true), .init("console", hasPages: true)]
        )
        let harbour = try dialect("harbour", "Harbour", "#1a5276", [.init("all", isIssuer: true, hasPages: true)])
        return try [orchard, harbour].map { dialect in
            var settings = DialectSettings()
            settings.hosts = hosts[dialect.name] ?? [:]
            return try dialect.configured(by: settings)
        }
    }

    static func dialect(
        _ name: String, _ shown: String, _ accent: String, _ roles: [Dialect.HostRole],
        options: [Dialect.Option] = []
    ) throws -> Dialect {
        var settings = Client.Settings()
        settings.redirectURIs = ["http://127.0.0.1/callback"]
        settings.dialect = name
        return Dialect(
            name: name, brand: try Brand(name: shown, accent: accent),
            clients: [.init(id: name + "-cli", name: shown + " CLI", settings: settings)], tokenFormats: [],
            scopeWords: ["openid": "See who picks"], hosts: roles, options: options
        ) { router, site in
            router.get("v1/name") { _, _ in "\(name) at \(site.front.origin)" }
        }
    }
}
