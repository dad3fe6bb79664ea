import KeyfobProtocol
import KeyfobTestSupport

/// A browser: it keeps cookies and fills in forms, and follows nothing by itself.
struct Browser {
    private let world: World
    /// Cookies by name.
    var cookies: [String: String] = [:]

    /// A browser in which nobody is signed in.
    init(_ world: World) {
        self.world = world
    }

    /// The name of the cookie that holds a sign-in, with an https issuer.
    static let sessionCookie = "__Host-keyfob-session"

    mutating func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        let reply = try await world.send("GET", path, headers: withCookies(headers))
        keep(reply)
        return reply
    }

    mutating func post(
        _ path: String, _ fields: FormFields, headers: [String: String] = [:]
    ) async throws -> Reply {
        var headers = withCookies(headers)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        let reply = try await world.send("POST", path, headers: headers, body: fields.encoded)
        keep(reply)
        return reply
    }

    /// Sends a form by one of its buttons.
    mutating func submit(
        _ form: Form, pressing button: String? = nil, headers: [String: String] = ["Sec-Fetch-Site": "same-origin"]
    ) async throws -> Reply {
        try await post(form.action, form.pressing(button), headers: headers)
    }

    /// Goes where a reply points to.
    mutating func follow(_ reply: Reply) async throws -> Reply {
        try await get(reply["Location"].orFail())
    }

    /// Opens the sign-in page, fills it in and sends it.
    mutating func signIn(
        password: String = FirstDay.password, username: String = "ada", at path: String = "/sign-in"
    ) async throws -> Reply {
        var form = try await get(path).form("/sign-in")
        form["username"] = username
        form["password"] = password
        return try await submit(form)
    }

    private func withCookies(_ headers: [String: String]) -> [String: String] {
        guard !cookies.isEmpty else { return headers }
        let text = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return headers.merging(["Cookie": text]) { own, _ in own }
    }

    private mutating func keep(_ reply: Reply) {
        for text in reply.all("Set-Cookie") {
            let parts = text.split(separator: ";").map { $0.trimmingPrefix(" ") }
            guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
            let isOver = parts.dropFirst().contains("Max-Age=0")
            cookies[String(pair[..<equals])] = isOver ? nil : String(pair[pair.index(after: equals)...])
        }
    }
}

extension World {
    /// A browser in which nobody is signed in.
    func browser() -> Browser { Browser(self) }

    /// A browser in which Ada is signed in; there are two of them, each with a session of its own.
    func adasBrowser(_ number: Int = 0) -> Browser {
        var browser = Browser(self)
        browser.cookies[Browser.sessionCookie] = day.browsers[number]
        return browser
    }
}
