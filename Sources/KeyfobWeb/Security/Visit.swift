import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// A browser's visit: the cookies that it sent, and the CSRF token that its forms must carry.
struct Visit {
    private static let format = TokenFormat(prefix: "kfv_")

    private let site: Site
    private let secret: String
    private let isNew: Bool
    /// The secret of the sign-in, if the browser sent one; it may be over.
    let sessionSecret: String?

    /// Reads a request's cookies; a browser without any gets a new visit.
    init(_ request: Request, _ site: Site) {
        self.site = site
        let sent = request.cookies[Self.name("keyfob-visit", site)]?.value
        let known = sent.flatMap { Self.format.accepts($0) ? $0 : nil }
        secret = known ?? Self.format.make(site.server.random)
        isNew = known == nil
        sessionSecret = request.cookies[Self.name("keyfob-session", site)]?.value
    }

    /// The token that a form carries; it is bound to the visit and to the sign-in.
    ///
    /// Both are secrets of 256 random bits that no other site can read, so their hash cannot be guessed.
    var csrf: String {
        TokenFormat.hash("csrf \(secret) \(sessionSecret ?? "")")
    }

    /// Refuses a form without the right token.
    func check(_ fields: FormFields) throws {
        guard !isNew, fields[name: "csrf"] == csrf else {
            throw WebError(
                .forbidden, .invalidRequest,
                "the form is too old, or this browser refuses cookies: reload the page and try again"
            )
        }
    }

    /// Adds the visit's cookie to a reply where it is new.
    func remember(in response: Response) -> Response {
        guard isNew else { return response }
        return adding("keyfob-visit", secret, to: response)
    }

    /// Adds the cookie of a sign-in; the visit changes with it, so that nothing from before goes on.
    func signIn(_ sessionSecret: String, in response: Response) -> Response {
        let response = adding("keyfob-visit", Self.format.make(site.server.random), to: response)
        return adding("keyfob-session", sessionSecret, to: response)
    }

    /// Removes the cookie of a sign-in.
    func signOut(in response: Response) -> Response {
        adding("keyfob-session", nil, to: response)
    }

    private func adding(_ name: String, _ value: String?, to response: Response) -> Response {
        var response = response
        // Lax, not strict: the link from a terminal must find the person signed in.
        let cookie =
            "\(Self.name(name, site))=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax"
            + (site.isSecure ? "; Secure" : "") + (value == nil ? "; Max-Age=0" : "")
        response.headers.append(HTTPField(name: .setCookie, value: cookie))
        return response
    }

    /// With https the prefix keeps other hosts of the same domain from setting the cookie.
    private static func name(_ name: String, _ site: Site) -> String {
        site.isSecure ? "__Host-" + name : name
    }
}

extension Visit {
    /// The live sign-in of this browser, if there is one.
    func session() async throws -> BrowserSession? {
        guard let sessionSecret else { return nil }
        return try await site.server.browserSession(sessionSecret)
    }
}
