public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `status`: says whether someone is signed in, here and as the server sees it.
public struct IssuerStatus<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status", abstract: "Show whether you are signed in, here and on the server.",
            discussion: "Exits with 0 if the server accepts the token, 4 if not, and 6 if the server can't be reached.")
    }

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions

    /// Makes the command for its parser.
    public init() {}

    /// Asks and shows.
    public func run() async throws {
        let session = try Session(CLI.self, json: output.json)
        let key = try session.key(issuer.issuer)
        let (credential, source) = try await session.credential(key)
        let standing = try await standing(credential, source, session, key)
        if output.json {
            session.answer(json(credential, source, standing, session, key))
        } else {
            show(credential, source, standing, session, key)
        }
        if standing == .refused {
            throw ClientError(.unauthorized, "\(key ?? "the server") does not accept the token: the session was ended")
        }
    }

    private func standing(
        _ credential: Credential, _ source: CredentialChain.Source, _ session: Session, _ key: String?
    ) async throws -> TokenStanding {
        // A token from the environment goes only to a server that was named: it need not be the current one's.
        if case .environment = source, issuer.issuer == nil { return .unknown }
        guard let key else { return .unknown }
        let service = try await session.service(key)
        return try await service.standing(
            of: credential.accessToken, as: session.client(service, for: credential), over: session.context.transport)
    }

    private func show(
        _ credential: Credential, _ source: CredentialChain.Source, _ standing: TokenStanding, _ session: Session,
        _ key: String?
    ) {
        var rows: [(String, String)] = []
        if case .environment = source {} else if let key { rows.append(("issuer", key)) }
        if let account = credential.account { rows.append(("account", account)) }
        let end = credential.expiresAt.map {
            Lifetime.words(until: $0, from: session.context.now(), canRefresh: credential.refreshToken != nil)
        }
        rows.append(("token", end ?? "no expiry known"))
        if !credential.scopes.isEmpty { rows.append(("scopes", credential.scopes.joined(separator: " "))) }
        rows.append(("source", Explanation.name(source, session)))
        rows.append(("server", Self.sentence(standing)))
        for (label, value) in rows { session.screen.row(label, value) }
    }

    private func json(
        _ credential: Credential, _ source: CredentialChain.Source, _ standing: TokenStanding, _ session: Session,
        _ key: String?
    ) -> JSONReport {
        var report = JSONReport()
        let isFromEnvironment = Explanation.word(source) == "environment"
        report.add("signed_in", standing != .refused)
        report.add("issuer", isFromEnvironment ? issuer.issuer : key)
        report.add("account", credential.account)
        report.add("client_id", credential.clientID)
        report.add("scopes", credential.scopes)
        report.add("expires_at", credential.expiresAt)
        report.add("source", Explanation.word(source))
        report.add("server", Self.word(standing))
        return report
    }

    private static func word(_ standing: TokenStanding) -> String {
        switch standing {
        case .accepted: "accepts"
        case .refused: "refuses"
        case .unknown: "unknown"
        }
    }

    private static func sentence(_ standing: TokenStanding) -> String {
        switch standing {
        case .accepted: "accepts the token"
        case .refused: "does not accept the token"
        case .unknown: "was not asked"
        }
    }
}
