import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// Sign-in and sign-out with a browser.
struct SignInPages {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("sign-in", use: show)
        router.post("sign-in", use: signIn)
        router.post("sign-out", use: signOut)
    }

    @Sendable private func show(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let returnPath = ReturnPath(try request.queryFields()[name: "return_to"], site)
        return visit.remember(in: try await page(visit, returnPath))
    }

    @Sendable private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        try visit.check(fields)
        let returnPath = ReturnPath(fields[name: "return_to"], site)
        let username = fields[name: "username"] ?? ""
        do {
            let secret = try await site.server.signIn(
                username: username, password: fields[name: "password"] ?? "", from: context.requester(request)
            )
            if let replaced = try await visit.session() {
                try await site.server.signOut(replaced, from: context.requester(request))
            }
            return visit.signIn(secret, in: .seeOther(returnPath.text))
        } catch let error as ServerError where error.code == .wrongPassword {
            return try await page(
                visit, returnPath, username: String(username.prefix(64)),
                error: "The username or the password is wrong."
            )
        }
    }

    @Sendable private func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        try visit.check(try await request.form())
        if let session = try await visit.session() {
            try await site.server.signOut(session, from: context.requester(request))
        }
        let page = site.page(.done(DonePage(outcome: .signedOut, signInPath: "/sign-in")))
        return visit.signOut(in: page)
    }

    private func page(
        _ visit: Visit, _ returnPath: ReturnPath, username: String = "", error: String? = nil
    ) async throws -> Response {
        let client = try await client(of: returnPath)
        let page = SignInPage(
            action: "/sign-in", csrf: visit.csrf, returnTo: returnPath.text, username: username,
            purpose: client.map { "to continue to \($0.name)" }, error: error
        )
        return site.page(
            .signIn(page), brand: client.map(site.brand(of:)), status: error == nil ? .ok : .unprocessableContent
        )
    }

    /// The client that sent the person here, if the way back names it.
    private func client(of returnPath: ReturnPath) async throws -> Client? {
        let path = returnPath.text.prefix { $0 != "?" }
        if let facts = site.dialects.flatMap(\.requestPages).first(where: { $0.path == path || $0.approvePath == path })
        {
            return try await site.server.client(facts.clientID)
        }
        guard returnPath.text.hasPrefix("/authorize?"),
            let fields = try? FormFields(parsing: returnPath.text.dropFirst("/authorize?".count)),
            let id = fields[name: "client_id"]
        else { return nil }
        return try await site.server.client(id)
    }
}
