import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The authorization endpoint and its approval page
/// ([RFC 6749 section 3.1](https://www.rfc-editor.org/rfc/rfc6749#section-3.1)).
struct AuthorizationPages {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("authorize") { request, context in
            try await answer(try request.queryFields(), request, context)
        }
        // OpenID Connect Core section 3.1.2.1 asks for both methods. The browser sends no cookie with a form from
        // another site, hence the way round.
        router.post("authorize") { request, _ in
            let fields = try await request.form()
            return Response.seeOther("/authorize?" + fields.encoded)
        }
        router.post("authorize/decision", use: decide)
    }

    private func answer(_ fields: FormFields, _ request: Request, _ context: WebContext) async throws -> Response {
        let authorization: AuthorizationRequest
        do {
            authorization = try await site.server.authorizationRequest(fields)
        } catch let refusal as AuthorizationRefusal {
            return reply(to: refusal)
        }
        let visit = Visit(request, site)
        let session = try await visit.session()
        if authorization.prompt == "none" {
            // We always ask, so what can't be shown can't be approved (OpenID Connect Core section 3.1.2.6).
            let isSignedIn = session.map { !needsNewSignIn(authorization, $0) } ?? false
            let code: OAuthErrorCode = isSignedIn ? .consentRequired : .loginRequired
            let error = ServerError.oauth(code, "a person has to sign in and approve")
            return .seeOther(
                site.server.errorRedirect(
                    to: authorization.redirectURI, state: authorization.state, error
                )
            )
        }
        guard let session, !needsNewSignIn(authorization, session) else {
            return visit.remember(in: .seeOther(ReturnPath(Self.path(afterSignIn: fields), site).signIn))
        }
        return visit.remember(in: approvePage(authorization, fields, visit, session))
    }

    @Sendable private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let form = try await request.form()
        let query = try form.required("query")
        guard let session = try await visit.session() else {
            return .seeOther(ReturnPath("/authorize?" + query, site).signIn)
        }
        try visit.check(form)
        guard let fields = try? FormFields(parsing: query) else {
            throw WebError(.badRequest, .invalidRequest, "the form was changed")
        }
        let authorization: AuthorizationRequest
        do {
            // Judged again from the start: what a form carries is never trusted, redirect URI included.
            authorization = try await site.server.authorizationRequest(fields)
        } catch let refusal as AuthorizationRefusal {
            return reply(to: refusal)
        }
        let requester = context.requester(request)
        switch try Decision(form) {
        case .approve:
            return .seeOther(try await site.server.approve(authorization, session: session, from: requester))
        case .deny:
            return .seeOther(try await site.server.deny(authorization, session: session, from: requester))
        }
    }

    private func reply(to refusal: AuthorizationRefusal) -> Response {
        switch refusal {
        case .redirect(let location):
            return .seeOther(location)
        case .page(let error):
            let page = ProblemPage(
                title: "This link does not work", happened: error.description.capitalizedSentence,
                nextStep:
                    "Start the sign-in in your terminal again. If that does not help, ask whoever made the program."
            )
            return site.page(.problem(page), status: .badRequest)
        }
    }

    /// Whether the client wants a fresher sign-in than this one (OpenID Connect Core section 3.1.2.1).
    private func needsNewSignIn(_ request: AuthorizationRequest, _ session: BrowserSession) -> Bool {
        if request.prompt?.split(separator: " ").contains("login") == true { return true }
        guard let limit = request.maxAge else { return false }
        // A few seconds more, so that the sign-in that was just asked for is fresh enough when the browser is back.
        return site.server.now().timeIntervalSince(session.signedInAt) > Double(limit) + 5
    }

    /// The same request without the wish for a new sign-in, which is fulfilled then.
    private static func path(afterSignIn fields: FormFields) -> String {
        let rest = fields.fields.filter { $0.name != "prompt" }.map { ($0.name, Optional($0.value)) }
        return "/authorize?" + FormFields(rest).encoded
    }

    private func approvePage(
        _ request: AuthorizationRequest, _ fields: FormFields, _ visit: Visit, _ session: BrowserSession
    ) -> Response {
        let page = ApprovePage(
            action: "/authorize/decision", csrf: visit.csrf,
            hiddenFields: [.init(name: "query", value: fields.encoded)],
            clientName: request.client.name, clientVerified: request.client.settings.isVerified,
            account: .init(name: session.account.name ?? session.account.username, email: session.account.email),
            scopes: site.words(for: request.scopes, of: request.client),
            redirectHost: request.redirectURI.host
        )
        return site.page(
            .approve(page), brand: site.brand(of: request.client), formTarget: request.redirectURI.formSource
        )
    }
}

extension RedirectURI {
    /// The origin as a source of a content security policy.
    ///
    /// The grammar of host sources has no brackets, so for an IPv6 address only the scheme can be named
    /// ([CSP 3 section 2.3.1](https://www.w3.org/TR/CSP3/#framework-directive-source-list)).
    var formSource: String {
        originWithPort.contains("[") ? String(originWithPort.prefix { $0 != ":" }) + ":" : originWithPort
    }

    /// The host and port for people, such as `127.0.0.1:43211`.
    var host: String {
        originWithPort.split(separator: "/").last.map { String($0) } ?? originWithPort
    }
}
