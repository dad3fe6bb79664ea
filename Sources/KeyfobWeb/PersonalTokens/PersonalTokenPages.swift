import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The pages on which people make, see and end their personal tokens; they are the same for every product but for its
/// facts.
struct PersonalTokenPages {
    let site: Site
    let facts: PersonalTokenFacts
    let brand: Brand
    let scopeWords: [String: String]

    /// Makes the pages of a dialect; `nil` if it has no personal tokens.
    init?(_ site: Site, _ dialect: Dialect) {
        guard let facts = dialect.personalTokens else { return nil }
        self.site = site
        self.facts = facts
        brand = dialect.brand
        scopeWords = dialect.scopeWords
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get(RouterPath(facts.path), use: showList)
        router.get(RouterPath(facts.newPath), use: showForm)
        router.post(RouterPath(facts.newPath), use: create)
        router.get(RouterPath(facts.secretPath), use: showSecret)
        router.get(RouterPath(facts.revokePath), use: confirmRevocation)
        router.post(RouterPath(facts.revokePath), use: revoke)
        guard facts.canEdit else { return }
        router.get(RouterPath(facts.editPath), use: showEdit)
        router.post(RouterPath(facts.renamePath), use: rename)
        router.post(RouterPath(facts.regeneratePath), use: regenerate)
    }

    @Sendable private func showList(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let tokens = try await site.server.personalTokens(of: session.account, client: facts.kind.clientID)
        return visit.remember(in: listPage(tokens, visit, session))
    }

    @Sendable private func showForm(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        return visit.remember(in: formPage(FormFields(), visit, session))
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath(facts.newPath, site).signIn) }
        try visit.check(fields)
        do {
            let made = try await site.server.createPersonalToken(
                try wish(fields), kind: facts.kind, account: session.account, from: context.requester(request)
            )
            return try await handOver(made.secret, of: made.token, visit)
        } catch let error as ServerError where error.isAboutInput {
            return formPage(fields, visit, session, error: error.description.capitalizedSentence)
        }
    }

    private func wish(_ fields: FormFields) throws -> PersonalTokenWish {
        let chosen = fields.fields.filter { $0.name == "scope" }.map(\.value)
        guard let scopes = try? Scopes(validating: chosen) else {
            throw ServerError(.invalidInput, "a scope is malformed")
        }
        let life = try LifeChoice(fields, facts.kind, at: site.server.now())
        return PersonalTokenWish(name: fields[name: "name"] ?? "", scopes: scopes, expiresAt: life.expiresAt)
    }

    /// Sends the browser to the page that shows a new secret once; the secret itself travels in no address.
    func handOver(_ secret: String, of token: PersonalToken, _ visit: Visit) async throws -> Response {
        guard let viewer = visit.sessionSecret else { throw ServerError(.signInRequired, "sign in first") }
        try await site.server.keepUnseen(secret, of: token, for: viewer)
        return .seeOther(link(facts.secretPath, to: token.id))
    }

    @Sendable private func showSecret(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session(), let viewer = visit.sessionSecret else {
            return .seeOther(ReturnPath(facts.path, site).signIn)
        }
        let token = try await token(try request.queryFields(), session)
        // HEAD shows nothing, so it must not take what can be seen once.
        guard request.method == .get, let secret = try await site.server.takeUnseen(token.id, for: viewer) else {
            return .seeOther(facts.path)
        }
        return visit.remember(in: secretPage(secret, token))
    }
}

extension PersonalTokenPages {
    func signIn(_ request: Request) -> Response {
        .seeOther(ReturnPath(request.uri.string, site).signIn)
    }

    /// The token that a link or a form names, if it is this person's and of this kind.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    func token(_ fields: FormFields, _ session: BrowserSession) async throws -> PersonalToken {
        try await site.server.personalToken(
            try fields.required("token"), client: facts.kind.clientID, of: session.account
        )
    }

    func link(_ path: String, to token: String) -> String {
        path + "?" + FormFields([("token", token)]).encoded
    }
}

extension ServerError {
    /// Whether the person can mend it in the form.
    var isAboutInput: Bool { code == .invalidInput || code == .limitReached }
}
