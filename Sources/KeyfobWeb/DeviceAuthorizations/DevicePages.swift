import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// The pages on which a person enters a code and decides
/// ([RFC 8628 section 3.3](https://www.rfc-editor.org/rfc/rfc8628#section-3.3)).
struct DevicePages {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("device", use: showCode)
        router.post("device", use: enterCode)
        router.get("device/approve", use: showRequest)
        router.post("device/approve", use: decide)
        router.get("device/done", use: showOutcome)
    }

    @Sendable private func showCode(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let linked = try request.queryFields()[name: "user_code"].flatMap { UserCode(typed: $0) }
        guard let linked else { return visit.remember(in: codePage(visit, session)) }
        // A code that came in a link may be someone else's: it is shown, and never taken without being asked about.
        let page = ConfirmCodePage(
            action: "/device", csrf: visit.csrf, code: linked.display, signedInAs: session.account.label,
            signOutAction: "/sign-out"
        )
        return visit.remember(in: site.page(.confirmCode(page)))
    }

    @Sendable private func enterCode(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath("/device", site).signIn) }
        try visit.check(fields)
        guard fields[name: "decision"] != "cancel" else { return .seeOther("/device") }
        let typed = fields[name: "user_code"] ?? ""
        do {
            let entered = try await site.server.enterUserCode(
                typed, session: session, from: context.requester(request)
            )
            return .seeOther("/device/approve?" + FormFields([("request", entered.hash)]).encoded)
        } catch let error as ServerError where error.code == .unknownUserCode {
            let text = "That code is not known, has expired, or was used. Compare it with your terminal."
            return codePage(visit, session, code: String(typed.prefix(64)), error: text)
        }
    }

    @Sendable private func showRequest(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let name = try request.queryFields()[name: "request"] ?? ""
        if let over = try await outcomePage(name, session, isRevisit: true) { return over }
        let entered = try await site.server.enteredRequest(name, session: session)
        return visit.remember(in: approvePage(entered, visit, session, context))
    }

    @Sendable private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath("/device", site).signIn) }
        try visit.check(fields)
        let name = try fields.required("request")
        if let over = try await outcomePage(name, session, isRevisit: true) { return over }
        let entered = try await site.server.enteredRequest(name, session: session)
        let approve = try Decision(fields) == .approve
        try await site.server.decide(entered, approve: approve, session: session, from: context.requester(request))
        return .seeOther("/device/done?" + FormFields([("request", name)]).encoded)
    }

    @Sendable private func showOutcome(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return .seeOther("/") }
        let name = try request.queryFields()[name: "request"] ?? ""
        return try await outcomePage(name, session, isRevisit: false) ?? .seeOther("/device")
    }

    /// The page for a request that this session decided; `nil` while nothing is decided.
    private func outcomePage(_ name: String, _ session: BrowserSession, isRevisit: Bool) async throws -> Response? {
        guard let decided = try await site.server.decidedRequest(name, session: session) else { return nil }
        let outcome: DonePage.Outcome = isRevisit ? .alreadyUsed : decided.state == .denied ? .denied : .approved
        let page = DonePage(outcome: outcome, clientName: decided.client.name)
        return site.page(.done(page), brand: site.brand(of: decided.client))
    }

    private func signIn(_ request: Request) -> Response {
        .seeOther(ReturnPath(request, site).signIn)
    }

    private func codePage(
        _ visit: Visit, _ session: BrowserSession, code: String = "", error: String? = nil
    ) -> Response {
        let page = EnterCodePage(
            action: "/device", csrf: visit.csrf, code: code, codeHint: UserCode.Format.letters.placeholder,
            error: error,
            signedInAs: session.account.label, signOutAction: "/sign-out"
        )
        return site.page(.enterCode(page), status: error == nil ? .ok : .unprocessableContent)
    }

    private func approvePage(
        _ entered: DeviceAuthorization, _ visit: Visit, _ session: BrowserSession, _ context: WebContext
    ) -> Response {
        let now = site.server.now()
        let address = entered.requester.address
        let page = ApprovePage(
            action: "/device/approve", csrf: visit.csrf,
            hiddenFields: [.init(name: "request", value: entered.hash)],
            clientName: entered.client.name, clientVerified: entered.client.settings.isVerified,
            account: .init(name: session.account.name ?? session.account.username, email: session.account.email),
            code: entered.userCode.display,
            requester: .init(
                address: address ?? "unknown", hostName: entered.requester.device, system: entered.requester.agent,
                started: Elapsed(from: entered.createdAt, to: now).words,
                addressDiffers: address != context.peerAddress, browserAddress: context.peerAddress
            ),
            scopes: site.words(for: entered.scopes, of: entered.client),
            expiry: Elapsed(from: now, to: entered.expiresAt).remaining
        )
        return site.page(.approve(page), brand: site.brand(of: entered.client))
    }
}
