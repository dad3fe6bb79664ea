import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// What the pages for browser requests say.
extension BrowserRequestPages {
    /// What is wrong with a link.
    enum Problem {
        /// It names no request: unknown, mistyped, or forgotten.
        case unknown
        /// Nobody decided in time.
        case expired
    }

    func signIn(_ request: Request) -> Response {
        .seeOther(ReturnPath(request, site).signIn)
    }

    /// The id in the link.
    ///
    /// - Throws: ``WebError`` if there is none.
    func id(of request: Request) throws -> String {
        guard let id = try request.queryFields().optional(facts.queryName) else {
            throw WebError(.badRequest, .invalidRequest, "the link is not complete")
        }
        return id
    }

    /// The request that this session claimed on this page.
    ///
    /// - Throws: ``ServerError`` with `.noLongerPending`.
    func claimed(_ name: String, _ session: BrowserSession) async throws -> BrowserRequest {
        guard let claimed = try await site.server.claimedBrowserRequest(name, session: session),
            claimed.client.id == facts.clientID
        else { throw ServerError(.noLongerPending, "this session claimed no such request") }
        return claimed
    }

    /// The page for a request that can't be decided any more; `nil` while it can.
    func over(_ asked: BrowserRequest) -> Response? {
        switch asked.state {
        case .pending: nil
        case .expired: problem(.expired, of: asked)
        case .approved, .denied, .redeemed: outcomePage(asked, isRevisit: true)
        }
    }

    func problem(_ problem: Problem, of asked: BrowserRequest? = nil) -> Response {
        switch problem {
        case .unknown:
            let page = ProblemPage(
                title: "This link does not work", happened: "It names no request that is known here.",
                nextStep: "Start the sign-in in your terminal again, and open the link that it shows then."
            )
            return site.page(.problem(page), status: .notFound)
        case .expired:
            let page = ProblemPage(
                title: "This request has expired", happened: "Nobody answered it in time.",
                nextStep: "Start the sign-in in your terminal again."
            )
            return site.page(.problem(page), brand: asked.map { site.brand(of: $0.client) }, status: .gone)
        }
    }

    func outcomePage(_ decided: BrowserRequest, isRevisit: Bool) -> Response {
        let outcome: DonePage.Outcome = isRevisit ? .alreadyUsed : decided.state == .denied ? .denied : .approved
        let page = DonePage(outcome: outcome, clientName: decided.client.name)
        return site.page(.done(page), brand: site.brand(of: decided.client))
    }

    func codePage(
        _ id: String, _ asked: BrowserRequest, _ visit: Visit, _ session: BrowserSession, code: String = "",
        error: String? = nil
    ) -> Response {
        let page = EnterCodePage(
            action: facts.link(to: id), csrf: visit.csrf, code: code,
            codeHint: asked.client.settings.userCodeFormat.placeholder, error: error,
            signedInAs: session.account.label, signOutAction: "/sign-out"
        )
        return site.page(
            .enterCode(page), brand: site.brand(of: asked.client), status: error == nil ? .ok : .unprocessableContent
        )
    }

    func approvePage(
        _ asked: BrowserRequest, _ field: ApprovePage.HiddenField, _ visit: Visit, _ session: BrowserSession,
        _ context: WebContext
    ) -> Response {
        let now = site.server.now()
        let address = asked.requester.address
        let page = ApprovePage(
            action: facts.approvePath, csrf: visit.csrf, hiddenFields: [field],
            clientName: asked.client.name, clientVerified: asked.client.settings.isVerified,
            account: .init(name: session.account.name ?? session.account.username, email: session.account.email),
            code: asked.code?.display,
            requester: .init(
                address: address ?? "unknown", hostName: asked.requester.device, system: asked.requester.agent,
                started: Elapsed(from: asked.createdAt, to: now).words,
                addressDiffers: address != context.peerAddress, browserAddress: context.peerAddress
            ),
            scopes: site.words(for: asked.scopes, of: asked.client),
            expiry: Elapsed(from: now, to: asked.expiresAt).remaining
        )
        return site.page(.approve(page), brand: site.brand(of: asked.client))
    }
}
