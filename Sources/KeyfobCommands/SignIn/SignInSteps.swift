import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import KeyfobTerminal

/// One sign-in with its screens, from the choice of a way to the credential that is not yet stored.
struct SignInSteps {
    let session: Session
    let flow: SignInFlow
    let wishes: LoginWishes

    private var screen: Screen { session.screen }
    private var context: CommandContext { session.context }

    /// Signs in.
    ///
    /// - Throws: ``SignInError`` where there is no way, or what the flow throws.
    func run() async throws -> Credential {
        if let token = wishes.token { return try await accept(token) }
        if let method = wishes.method { return try await run(method) }
        var ways = session.product.ways(offeredBy: flow.service, hasBrowser: hasBrowser)[...]
        while let way = ways.popFirst() {
            do {
                return try await run(way)
            } catch let error as ClientError where error.code == .unsupported && !ways.isEmpty {
                continue
            }
        }
        throw SignInError(
            .noMethod, "\(flow.service.metadata.issuer) offers no way for a terminal to sign in",
            hint: "it needs the device flow, or an authorization endpoint for a browser")
    }

    private func run(_ method: Product.Method) async throws -> Credential {
        switch method {
        case .deviceCode: try await deviceCode()
        case .browser: try await browser()
        case .request: try await request()
        case .paste: try await accept(try await session.pastedToken())
        }
    }

    private var hasBrowser: Bool {
        guard wishes.opensBrowser, case .open = context.surroundings.browser else { return false }
        return true
    }

    private func deviceCode() async throws -> Credential {
        let pending = try await screen.wait(screen.wording.starting) { try await flow.startDevice() }
        // A device flow that was asked for is for another device.
        let isForElsewhere = wishes.method == .deviceCode && session.product.methods.contains(.browser)
        if hasBrowser, !isForElsewhere {
            _ = await context.openBrowser(pending.verificationURIComplete ?? pending.verificationURI)
        }
        screen.show(
            screen.wording.deviceScreen, ["code": pending.userCode, "url": pending.verificationURI])
        return try await screen.wait(screen.wording.waiting) {
            try await pending.finish(limit: wishes.limit, clock: context.clock)
        }
    }

    private func request() async throws -> Credential {
        let pending = try await screen.wait(screen.wording.starting) { try await flow.startRequest() }
        let isOpen = hasBrowser ? await context.openBrowser(pending.pageURL) : false
        var values = ["url": pending.pageURL]
        values["code"] = pending.code
        screen.show(isOpen ? screen.wording.browserScreen : screen.wording.addressScreen, values)
        return try await screen.wait(screen.wording.waiting) {
            try await pending.finish(limit: wishes.limit, clock: context.clock)
        }
    }

    private func browser() async throws -> Credential {
        let receiver = try await context.listen(session.product.displayName, session.product.callback)
        do {
            let pending = try flow.startBrowser(receiver)
            let isOpen = hasBrowser ? await context.openBrowser(pending.url) : false
            let lines =
                isOpen
                ? screen.wording.browserScreen : screen.wording.loopbackScreen ?? screen.wording.addressScreen
            screen.show(lines, ["url": pending.url])
            let limit = wishes.limit ?? session.product.callback.limit
            let credential = try await screen.wait(screen.wording.waiting) {
                try await pending.finish(limit: limit, clock: context.clock)
            }
            await receiver.close()
            return credential
        } catch {
            await receiver.close()
            throw error
        }
    }

    private func accept(_ token: String) async throws -> Credential {
        guard let pasted = session.product.pasted else {
            throw SignInError(.noMethod, "this tool takes no tokens that were made elsewhere")
        }
        let paste = screen.wording.paste
        let credential = try await screen.wait(paste.checking) {
            try await flow.accept(pasted: token, as: pasted)
        }
        if let line = paste.accepted { screen.show(line) }
        return credential
    }
}
