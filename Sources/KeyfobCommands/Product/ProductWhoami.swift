public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `whoami` of a product whose service is fixed: shows the token's beginning and its source, and asks the server.
public struct ProductWhoami<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "whoami", abstract: "Show which token is used, and verify it.",
            discussion: "Exits with 0 if the server accepts the token, 4 if not, and 6 if the server can't be reached.")
    }

    @OptionGroup var output: OutputOptions

    /// Makes the command for its parser.
    public init() {}

    /// Asks and shows.
    public func run() async throws {
        let session = try Session(CLI.self, json: output.json)
        let key = try session.key(nil) ?? CLI.product.name
        let (credential, source) = try await session.credential(key)
        let prefix = String(credential.accessToken.reveal().prefix(CLI.product.shownCharacters))
        if !output.json {
            session.screen.show(
                session.screen.wording.identity, ["token": prefix, "source": Self.name(source, session)])
        }
        let service = try await session.service(key)
        let standing = try await service.standing(
            of: credential.accessToken, as: session.client(service, for: credential), over: session.context.transport)
        if standing == .refused {
            throw ClientError(.unauthorized, "the server does not accept the token")
        }
        if output.json {
            try session.answer(Self.json(prefix, source, standing))
        } else if case .accepted = standing {
            session.screen.show(session.screen.wording.verified)
        }
    }

    private static func name(_ source: CredentialChain.Source, _ session: Session) -> String {
        switch source {
        case .environment(let variable): "\(variable) env var"
        case .stored: "credentials file"
        }
    }

    private static func json(
        _ prefix: String, _ source: CredentialChain.Source, _ standing: TokenStanding
    ) -> JSONReport {
        var token = JSONReport()
        token.add("prefix", prefix)
        token.add("source", Explanation.word(source))
        token.add("verified", standing == .accepted(nil))
        var report = JSONReport()
        report.add("token", token)
        return report
    }
}
