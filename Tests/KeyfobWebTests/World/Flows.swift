import KeyfobProtocol
import KeyfobTestSupport

/// Ways to codes and tokens, over the wire as a client and a person go them.
extension World {
    static let callback = "http://127.0.0.1:51004/callback"
    /// The verifier and challenge of RFC 7636 appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    static let deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

    /// What a device is told when it asks.
    func startDevice(_ client: String = "tool", scope: String? = nil) async throws -> Reply {
        try await post("/oauth/device_authorization", [("client_id", client), ("scope", scope)])
    }

    /// Polls with a device code.
    func poll(
        _ code: String, client: String = "tool", headers: [String: String] = [:]
    ) async throws -> Reply {
        try await post(
            "/oauth/token", [("grant_type", Self.deviceGrant), ("device_code", code), ("client_id", client)],
            headers: headers
        )
    }

    /// Goes the person's way from the user code to the decision; returns the last reply.
    func decide(_ userCode: String, pressing button: String = "approve") async throws -> Reply {
        var browser = adasBrowser()
        let page = try await browser.approvalPage(for: userCode)
        return try await browser.submit(page.form("/device/approve"), pressing: button)
    }

    /// The tokens of a new session, by the device flow.
    func signIn(_ client: String = "tool", scope: String? = nil) async throws -> Reply {
        let started = try await startDevice(client, scope: scope)
        _ = try await decide(started.text("user_code"))
        return try await poll(started.text("device_code"), client: client)
    }

    /// The path of an authorization request; changes replace, add, or with `nil` leave out a parameter.
    static func authorize(_ changes: [String: String?] = [:]) -> String {
        "/authorize?" + query(changes).encoded
    }

    /// The parameters of a good authorization request, with changes.
    static func query(_ changes: [String: String?] = [:]) -> FormFields {
        let fields: [(String, String?)] = [
            ("response_type", "code"), ("client_id", "tool"), ("redirect_uri", callback),
            ("scope", "openid profile"), ("state", "af0ifjsldkj"), ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        let added = changes.filter { name, _ in !fields.contains { $0.0 == name } }.sorted { $0.key < $1.key }
        return FormFields(fields.map { ($0.0, changes[$0.0] ?? $0.1) } + added.map { ($0.key, $0.value) })
    }

    /// Where the browser goes after a person approved a request.
    func approvedRedirect(_ changes: [String: String?] = [:]) async throws -> Redirect {
        var browser = adasBrowser()
        let page = try await browser.get(Self.authorize(changes))
        return try await browser.submit(page.form("/authorize/decision"), pressing: "approve").redirect()
    }

    /// An authorization code for the client `tool`.
    func authorizationCode(_ changes: [String: String?] = [:]) async throws -> String {
        try await approvedRedirect(changes)["code"].orFail()
    }

    /// Redeems an authorization code; changes replace, add, or with `nil` leave out a parameter.
    func redeem(
        _ code: String, _ changes: [String: String?] = [:], headers: [String: String] = [:]
    ) async throws -> Reply {
        let fields: [(String, String?)] = [
            ("grant_type", "authorization_code"), ("code", code), ("client_id", "tool"),
            ("redirect_uri", Self.callback), ("code_verifier", Self.verifier),
        ]
        return try await post(
            "/oauth/token", fields.map { ($0.0, changes[$0.0] ?? $0.1) }, headers: headers
        )
    }

    func refresh(
        _ token: String, client: String = "tool", scope: String? = nil, headers: [String: String] = [:]
    ) async throws -> Reply {
        let fields = [
            ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client), ("scope", scope),
        ]
        return try await post("/oauth/token", fields, headers: headers)
    }

    func introspect(_ token: String) async throws -> Reply {
        try await post(
            "/oauth/introspect",
            [("token", token), ("client_id", "service"), ("client_secret", day.serviceSecret)]
        )
    }

    /// Whether a token is good now, as introspection says.
    func isActive(_ token: String) async throws -> Bool {
        try await introspect(token).json()["active"] == true
    }
}

extension Browser {
    /// Enters a code by hand and opens the page that asks for a decision.
    mutating func approvalPage(for userCode: String) async throws -> Reply {
        try await follow(try await enter(userCode))
    }

    /// Enters a code by hand.
    mutating func enter(_ userCode: String) async throws -> Reply {
        var form = try await get("/device").form("/device")
        form["user_code"] = userCode
        return try await submit(form)
    }
}
