import KeyfobCommands

/// Where the vendor's API has what; each can be another by the variable that the vendor's client reads.
enum PipecatPaths {
    static let login = path("LOGIN_PATH", "/auth/login")
    static let loginStatus = path("LOGIN_STATUS_PATH", "/auth/status")
    static let configuration = path("AUTH_CONFIG_PATH", "/auth/config")
    static let logout = path("LOGOUT_PATH", "/auth/logout")
    static let user = path("WHOAMI_PATH", "/v1/users")
    static let organizations = path("ORGANIZATION_PATH", "/v1/organizations")

    /// The Daily API key of an organization.
    static func dailyKey(of organization: String) -> ResourcePath {
        filled(path("DAILY_KEY_PATH", "/v1/organizations/{org}/daily"), organization)
    }

    /// The public keys of an organization; with an id, one of them.
    static func keys(of organization: String, id: String? = nil) -> ResourcePath {
        let keys = filled(path("API_KEYS_PATH", "/v1/organizations/{org}/apiKeys"), organization)
        return id.map { ResourcePath(verbatim: keys.text + "/" + segment($0)) } ?? keys
    }

    private static func filled(_ template: String, _ organization: String) -> ResourcePath {
        ResourcePath(verbatim: template.replacing("{org}", with: segment(organization)))
    }

    private static func segment(_ text: String) -> String {
        ("\(text)" as ResourcePath).text
    }

    private static func path(_ name: String, _ standard: String) -> String {
        let value = Main.environment["PIPECAT_" + name] ?? ""
        return value.isEmpty ? standard : value
    }
}
