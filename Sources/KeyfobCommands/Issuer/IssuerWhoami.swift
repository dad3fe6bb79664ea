public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn

/// `whoami`: says who is signed in, as the server knows them.
public struct IssuerWhoami<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "whoami", abstract: "Show who is signed in.",
            discussion: """
                Asks the server. With --explain it also shows where the credential comes from, and why that one.
                """)
    }

    @Flag(help: "Show every place where a credential can come from, and which one won.")
    var explain = false

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Asks and shows.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        let key = try session.key(issuer: issuer.issuer)
        let explanation = explain ? Explanation(session.chain(key), session) : nil
        if !options.wishes.json { explanation?.show() }
        let (credential, source) = try await session.credential(key)
        let identity = try await identity(credential, source, session, key)
        if options.wishes.json {
            try session.answer(json(identity, explanation))
        } else {
            show(identity, session)
        }
    }

    private struct Identity {
        let issuer: String?
        let account: String?
        let info: TokenDetails?
        let source: CredentialChain.Source
        let isVerified: Bool
    }

    private func identity(
        _ credential: Credential, _ source: CredentialChain.Source, _ session: Session, _ key: String?
    ) async throws -> Identity {
        // A token from the environment goes only to a server that was named: it need not be the current one's.
        if case .environment = source, issuer.issuer == nil {
            return Identity(issuer: nil, account: nil, info: nil, source: source, isVerified: false)
        }
        guard let key else {
            return Identity(issuer: nil, account: nil, info: nil, source: source, isVerified: false)
        }
        let service = try await session.service(key)
        let client = session.client(service, for: credential)
        switch try await service.standing(of: credential.accessToken, as: client, over: session.context.transport) {
        case .accepted(let info):
            return Identity(
                issuer: key, account: info?.account ?? credential.account, info: info, source: source, isVerified: true)
        case .unknown:
            return Identity(issuer: key, account: credential.account, info: nil, source: source, isVerified: false)
        case .refused:
            throw ClientError(.unauthorized, "\(key) does not accept the token: the session was ended")
        }
    }

    private func show(_ identity: Identity, _ session: Session) {
        let screen = session.screen
        guard let issuer = identity.issuer else {
            screen.show(Wording.Line("The token comes from \(Explanation.name(identity.source, session))."))
            screen.show(Wording.Line("Name its server with --issuer to ask who it belongs to."))
            return
        }
        let who = identity.account ?? "an account that the server does not name"
        screen.show(Wording.Line("Signed in to \(issuer) as {account}"), ["account": who])
        let rows = [
            ("name", identity.info?.name), ("subject", identity.info?.subject),
            ("source", Explanation.name(identity.source, session)),
        ]
        for (label, value) in rows {
            if let value { screen.row(label, value, indent: 2) }
        }
        if !identity.isVerified { screen.warn("the server has no way of being asked; this is what was stored here") }
    }

    private func json(_ identity: Identity, _ explanation: Explanation?) -> JSONReport {
        var report = JSONReport()
        report.add("issuer", identity.issuer)
        report.add("account", identity.account)
        report.add("subject", identity.info?.subject)
        report.add("name", identity.info?.name)
        report.add("email", identity.info?.email)
        report.add("source", Explanation.word(identity.source))
        report.add("verified", identity.isVerified)
        if let explanation { report.add("explanation", explanation.json) }
        return report
    }
}
