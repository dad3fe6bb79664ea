import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import KeyfobTerminal

/// How one sign-in shall go.
struct SignInChoices {
    /// The way to sign in; `nil` chooses by what is at hand.
    var method: Product.Method?
    /// Whether a browser may be opened.
    var opensBrowser = true
    /// The longest time to wait for the person; `nil` waits as long as the code lives, or five minutes for a browser.
    var limit: Duration?
}

/// One sign-in with its screens, from the choice of a way to the credential that is not yet stored.
struct SignInSteps {
    let session: Session
    let flow: SignInFlow
    let choices: SignInChoices

    private var screen: Screen { session.screen }
    private var context: CommandContext { session.context }
    private static let browserLimit = Duration.seconds(300)

    /// Signs in.
    ///
    /// - Throws: ``SignInError`` where there is no way, or what the flow throws.
    func run() async throws -> Credential {
        switch try method() {
        case .deviceCode: try await deviceCode()
        case .browser: try await browser()
        }
    }

    // A browser where one is at hand, else a code; what the server lacks is no choice.
    private func method() throws -> Product.Method {
        if let method = choices.method { return method }
        let offered = session.product.methods.filter { flow.service.offers($0) }
        if offered.first == .browser, !hasBrowser, offered.contains(.deviceCode) { return .deviceCode }
        guard let first = offered.first else {
            throw SignInError(
                .noMethod, "\(flow.service.metadata.issuer) offers no way for a terminal to sign in",
                hint: "it needs the device flow, or an authorization endpoint for a browser")
        }
        return first
    }

    private var hasBrowser: Bool {
        guard choices.opensBrowser, case .open = context.surroundings.browser else { return false }
        return true
    }

    private func deviceCode() async throws -> Credential {
        let pending = try await screen.wait(screen.wording.starting) { try await flow.startDevice() }
        // A device flow that was asked for is for another device.
        let isForElsewhere = choices.method == .deviceCode && session.product.methods.contains(.browser)
        if hasBrowser, !isForElsewhere {
            _ = await context.openBrowser(pending.verificationURIComplete ?? pending.verificationURI)
        }
        screen.show(
            screen.wording.deviceScreen, ["code": pending.userCode, "url": pending.verificationURI])
        return try await screen.wait(screen.wording.waiting) {
            try await pending.finish(limit: choices.limit, clock: context.clock)
        }
    }

    private func browser() async throws -> Credential {
        let receiver = try await context.listen(session.product.displayName)
        do {
            let pending = try flow.startBrowser(receiver)
            let isOpen = hasBrowser ? await context.openBrowser(pending.url) : false
            let lines = isOpen ? screen.wording.browserScreen : screen.wording.addressScreen
            screen.show(lines, ["url": pending.url])
            let credential = try await screen.wait(screen.wording.waiting) {
                try await pending.finish(limit: choices.limit ?? Self.browserLimit, clock: context.clock)
            }
            await receiver.close()
            return credential
        } catch {
            await receiver.close()
            throw error
        }
    }
}
