public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `login ISSUER`: signs in to any OAuth 2.0 or OpenID Connect server.
public struct IssuerLogin<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "login", abstract: "Sign in to a server.",
            discussion: """
                Opens your browser where there is one, and otherwise shows an address and a code for a browser on \
                any other device. The address is always printed.

                Examples:
                  \(CLI.product.commandPath) login https://auth.example.com
                  \(CLI.product.commandPath) login https://auth.example.com --device
                """)
    }

    @Argument(
        help: ArgumentHelp(
            "The server's address, such as https://auth.example.com; without it, the current one again.",
            valueName: "issuer"))
    var issuer: String?

    @Flag(help: "Use a code for a browser on any device, even if there is a browser here.")
    var device = false

    @Flag(help: "Use a browser on this machine, even if none seems to be here.")
    var browser = false

    @Flag(help: "Do not open a browser; only print the address.")
    var noBrowser = false

    @Option(help: ArgumentHelp("The name under which the server knows this program.", valueName: "id"))
    var clientId: String?

    @Flag(help: "Read the client's secret from standard input (or set KEYFOB_CLIENT_SECRET).")
    var clientSecretStdin = false

    @Option(
        help: ArgumentHelp("A permission to ask for; may be repeated. Replaces the usual ones.", valueName: "scope"))
    var scope: [String] = []

    @Option(help: ArgumentHelp("Give up after that many seconds.", valueName: "seconds"))
    var timeout: Int?

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Refuses options that contradict each other.
    public func validate() throws {
        guard !(device && browser) else {
            throw ValidationError("--device and --browser exclude each other")
        }
        if let timeout, !(1...86_400).contains(timeout) {
            throw ValidationError("--timeout takes 1 to 86400 seconds")
        }
    }

    /// Signs in.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        let key = try key(session)
        session.warnOfEnvironmentToken("goes on being used instead of this login; unset it to use the login")
        var wishes = LoginWishes(
            method: device ? .deviceCode : browser ? .browser : nil, opensBrowser: !noBrowser,
            scopes: scope.isEmpty ? nil : scope.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
        wishes.limit = timeout.map { .seconds($0) }
        wishes.clientID = clientId
        wishes.clientSecret = try await secret(session)
        let login = Login(session: session, key: key, wishes: wishes)
        try report(try await login.run(), key, session)
    }

    private func key(_ session: Session) throws -> String {
        if let issuer { return try Issuer(typed: issuer).text }
        if let current = try? session.file.current { return current }
        throw Failure(
            "usage", "which server?", hint: "name it: \(CLI.product.commandPath) login https://auth.example.com",
            exit: .usage)
    }

    private func secret(_ session: Session) async throws -> String? {
        guard clientSecretStdin else { return CLI.product.environmentSecret(session.context.environment) }
        guard let line = try await session.hiddenLine("Client secret: "), !line.isEmpty else {
            throw Failure(
                "usage", "there is no client secret on standard input",
                hint: "give it as one line: … --client-secret-stdin < file", exit: .usage)
        }
        return line
    }

    private func report(_ credential: Credential, _ key: String, _ session: Session) throws {
        guard options.wishes.json else {
            var values = ["issuer": key, "file": session.shownPath]
            values["account"] = credential.account
            session.screen.show(session.screen.wording.signedIn, values)
            return
        }
        var report = JSONReport()
        report.add("signed_in", true)
        report.add("issuer", key)
        report.add("account", credential.account)
        report.add("client_id", credential.clientID)
        report.add("scopes", credential.scopes)
        report.add("expires_at", credential.expiresAt)
        report.add("stored_in", session.file.path)
        try session.answer(report)
    }
}
