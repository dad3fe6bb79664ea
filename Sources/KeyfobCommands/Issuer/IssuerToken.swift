public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `token`: prints an access token that is good now, and nothing else.
public struct IssuerToken<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token", abstract: "Print an access token that is valid now.",
            discussion: """
                Refreshes it if it ends within a minute. For use in other programs:
                  printf 'header = "Authorization: Bearer %s"' "$(\(CLI.product.commandPath) token)" \
                | curl -K - https://api.example.com/
                """)
    }

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Prints the token.
    public func run() async throws {
        // What is not the token must not get into a program's variable.
        let session = try Session(CLI.self, options.wishes, showingOn: .error)
        let (credential, _) = try await session.credential(try session.key(issuer: issuer.issuer))
        guard options.wishes.json else {
            try session.answer(credential.accessToken.reveal())
            return
        }
        var report = JSONReport()
        report.add("access_token", credential.accessToken.reveal())
        report.add("token_type", credential.tokenType)
        report.add("expires_at", credential.expiresAt)
        try session.answer(report)
    }
}
