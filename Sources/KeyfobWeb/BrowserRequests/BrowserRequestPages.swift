import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The pages to which a program's link leads, and on which a person decides about its request.
///
/// The link alone changes nothing. Where the program shows a code, the code is typed before anything is shown, so that
/// a link from a stranger leads nowhere; typing it, or deciding where there is none, claims the request for the session.
struct BrowserRequestPages {
    let site: Site
    let facts: BrowserRequestFacts

    init(_ site: Site, _ facts: BrowserRequestFacts) {
        self.site = site
        self.facts = facts
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get(RouterPath(facts.path), use: showLink)
        router.post(RouterPath(facts.path), use: enterCode)
        router.get(RouterPath(facts.approvePath), use: showClaimed)
        router.post(RouterPath(facts.approvePath), use: decide)
        router.get(RouterPath(facts.donePath), use: showOutcome)
    }

    @Sendable private func showLink(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let id = try id(of: request)
        guard let asked = try await site.server.browserRequest(id, clientID: facts.clientID) else {
            return problem(.unknown)
        }
        if let over = over(asked) { return over }
        let response =
            asked.code == nil
            ? approvePage(asked, .init(name: facts.queryName, value: id), visit, session, context)
            : codePage(id, asked, visit, session)
        return visit.remember(in: response)
    }

    @Sendable private func enterCode(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let id = try id(of: request)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return signIn(request) }
        try visit.check(fields)
        guard let asked = try await site.server.browserRequest(id, clientID: facts.clientID) else {
            return problem(.unknown)
        }
        guard asked.state == .pending, asked.code != nil else { return .seeOther(facts.link(to: id)) }
        let typed = fields[name: "user_code"] ?? ""
        do {
            let claimed = try await site.server.claimBrowserRequest(
                id, code: typed, session: session, from: context.requester(request)
            )
            return .seeOther(facts.approvePath + "?" + FormFields([("request", claimed.hash)]).encoded)
        } catch let error as ServerError where error.code == .unknownUserCode {
            return codePage(
                id, asked, visit, session, code: String(typed.prefix(64)),
                error: "That is not the code of this request. Compare it with your terminal."
            )
        }
    }

    @Sendable private func showClaimed(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let claimed = try await claimed(try request.queryFields()[name: "request"] ?? "", session)
        if let over = over(claimed) { return over }
        let field = ApprovePage.HiddenField(name: "request", value: claimed.hash)
        return visit.remember(in: approvePage(claimed, field, visit, session, context))
    }

    @Sendable private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else {
            let link = fields[name: facts.queryName].map(facts.link(to:))
            return .seeOther(ReturnPath(link ?? facts.path, site).signIn)
        }
        try visit.check(fields)
        let decision = try Decision(fields)
        let requester = context.requester(request)
        let asked: BrowserRequest
        if let id = try fields.optional(facts.queryName) {
            guard let linked = try await site.server.browserRequest(id, clientID: facts.clientID) else {
                return problem(.unknown)
            }
            if let over = over(linked) { return over }
            asked = try await site.server.claimBrowserRequest(id, session: session, from: requester)
        } else {
            asked = try await claimed(try fields.required("request"), session)
            if let over = over(asked) { return over }
        }
        try await site.server.decide(asked, approve: decision == .approve, session: session, from: requester)
        return .seeOther(facts.donePath + "?" + FormFields([("request", asked.hash)]).encoded)
    }

    @Sendable private func showOutcome(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return .seeOther("/") }
        let claimed = try await claimed(try request.queryFields()[name: "request"] ?? "", session)
        switch claimed.state {
        case .pending: return .seeOther(facts.approvePath + "?" + FormFields([("request", claimed.hash)]).encoded)
        case .expired: return problem(.expired, of: claimed)
        case .approved, .denied, .redeemed: return outcomePage(claimed, isRevisit: false)
        }
    }
}
