public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `login` of a product whose service is fixed.
public struct ProductLogin<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "login", abstract: "Sign in to \(CLI.product.displayName).",
            discussion: "Shows an address and a code; approve in a browser on this or any other device.")
    }

    @Option(
        help: ArgumentHelp(
            "The permissions to ask for, separated by commas.",
            discussion: "Without it: \(CLI.product.defaultScopes.joined(separator: ",")).", valueName: "scopes"))
    var scopes: String?

    @OptionGroup var output: OutputOptions

    /// Makes the command for its parser.
    public init() {}

    /// Signs in.
    public func run() async throws {
        let session = try Session(CLI.self, json: output.json)
        let key = try session.key(nil) ?? CLI.product.name
        session.warnOfEnvironmentToken("goes on being used instead of this login; unset it to use the login")
        guard try await isWanted(session, key) else { return }
        let names = scopes?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        let login = Login(
            session: session, key: key, client: (nil, nil), scopes: names, choices: SignInChoices())
        let credential = try await login.run()
        guard output.json else {
            session.screen.show(session.screen.wording.signedIn, ["file": session.shownPath])
            return
        }
        var report = JSONReport()
        report.add("signed_in", true)
        report.add("scopes", credential.scopes)
        report.add("stored_in", session.file.path)
        try session.answer(report)
    }

    // Only a person at a terminal is asked; a file that makes no sense holds nothing to lose.
    private func isWanted(_ session: Session, _ key: String) async throws -> Bool {
        guard let question = session.screen.wording.again, !output.json else { return true }
        guard (try? session.chain(key).winner()) != nil else { return true }
        return try await session.confirms(question)
    }
}
