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
    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Asks and shows.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        let key = try session.key(issuer: issuer.issuer)
        guard let found = try session.chain(key).winner() else {
            // Says which of the ways of not being signed in it is.
            _ = try await session.credential(key)
            return
        }
        var standing = Standing(credential: found.credential, source: found.source, key: key, server: .unknown)
        do {
            (standing.credential, _) = try await session.credential(key)
            standing.server = try await server(standing, session)
        } catch let error as ClientError where error.isTransient {
            standing.server = .unreachable
            try show(standing, session)
            throw error
        }
        try show(standing, session)
        if standing.server == .refuses {
            throw ClientError(.unauthorized, "\(key ?? "the server") does not accept the token: the session was ended")
        }
    }

    private enum Server: String {
        case accepts, refuses, unreachable, unknown

        var sentence: String {
            switch self {
            case .accepts: "accepts the token"
            case .refuses: "does not accept the token"
            case .unreachable: "can't be reached"
            case .unknown: "was not asked"
            }
        }
    }

    private struct Standing {
        var credential: Credential
        let source: CredentialChain.Source
        let key: String?
        var server: Server

        var isFromEnvironment: Bool {
            if case .environment = source { true } else { false }
        }
    }

    private func server(_ standing: Standing, _ session: Session) async throws -> Server {
        // A token from the environment goes only to a server that was named: it need not be the current one's.
        guard let key = standing.key, !standing.isFromEnvironment || issuer.issuer != nil else { return .unknown }
        let service = try await session.service(key)
        let client = session.client(service, for: standing.credential)
        let token = standing.credential.accessToken
        switch try await service.standing(of: token, as: client, over: session.context.transport) {
        case .accepted: return .accepts
        case .refused: return .refuses
        case .unknown: return .unknown
        }
    }

    private func show(_ standing: Standing, _ session: Session) throws {
        if options.wishes.json {
            try session.answer(json(standing))
        } else {
            for (label, value) in rows(standing, session) { session.screen.row(label, value) }
        }
    }

    private func rows(_ standing: Standing, _ session: Session) -> [(String, String)] {
        let credential = standing.credential
        var rows: [(String, String)] = []
        if let key = standing.key, !standing.isFromEnvironment { rows.append(("issuer", key)) }
        if let account = credential.account { rows.append(("account", account)) }
        let life = credential.expiresAt.map {
            Lifetime.words(until: $0, from: session.context.now(), canRefresh: credential.refreshToken != nil)
        }
        rows.append(("token", life ?? "no expiry known"))
        if !credential.scopes.isEmpty { rows.append(("scopes", credential.scopes.joined(separator: " "))) }
        rows.append(("source", Explanation.name(standing.source, session)))
        rows.append(("server", standing.server.sentence))
        return rows
    }

    private func json(_ standing: Standing) -> JSONReport {
        var report = JSONReport()
        report.add("signed_in", standing.server != .refuses)
        report.add("issuer", standing.isFromEnvironment ? issuer.issuer : standing.key)
        report.add("account", standing.credential.account)
        report.add("client_id", standing.credential.clientID)
        report.add("scopes", standing.credential.scopes)
        report.add("expires_at", standing.credential.expiresAt)
        report.add("source", Explanation.word(standing.source))
        report.add("server", standing.server.rawValue)
        return report
    }
}
