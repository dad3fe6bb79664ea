import KeyfobDialects

/// The dialect's wire, as the vendor's client speaks it.
struct SkytellsWorld {
    let world: World

    init() async throws {
        world = try await World.open(dialects: [.skytells])
    }

    func send(
        _ path: String, _ body: String, headers: [String: String] = ["Content-Type": "application/json"]
    ) async throws -> Reply {
        try await world.send("POST", path, headers: headers, body: body)
    }

    func start(
        scopes: [String]? = nil, name: String? = "Skytells CLI v0.1.0"
    ) async throws -> Reply {
        var members: [String] = []
        if let name { members.append("\"client_name\":\"\(name)\"") }
        if let scopes { members.append("\"scopes\":[" + scopes.map { "\"\($0)\"" }.joined(separator: ",") + "]") }
        return try await send("/api/oauth/device", "{" + members.joined(separator: ",") + "}")
    }

    func poll(_ code: String, grant: String = World.deviceGrant) async throws -> Reply {
        try await send("/api/oauth/token", #"{"device_code":"\#(code)","grant_type":"\#(grant)"}"#)
    }

    /// The access token of a new session.
    func signIn(scopes: [String]? = nil) async throws -> String {
        let started = try await start(scopes: scopes)
        _ = try await world.decide(started.text("user_code"))
        return try await poll(started.text("device_code")).text("access_token")
    }

    func projects(_ token: String?) async throws -> Reply {
        let headers = token.map { ["Authorization": "Bearer " + $0] } ?? [:]
        return try await world.get("/api/v1/cli/projects", headers: headers)
    }
}
