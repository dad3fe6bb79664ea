public import ArgumentParser
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// `logout [ISSUER]`: ends what a login minted, on the server and here.
public struct IssuerLogout<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "logout", abstract: "Sign out: end the session on the server and remove it here.",
            discussion: """
                When the server can't be reached, the credential is removed here all the same, and you are told what \
                may still be alive there. A token from the environment is never touched.
                """)
    }

    @Argument(help: ArgumentHelp("The server to sign out of, if not the current one.", valueName: "issuer"))
    var named: String?

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Refuses two issuers.
    public func validate() throws {
        guard named == nil || issuer.issuer == nil else {
            throw ValidationError("name the issuer once, with or without --issuer")
        }
    }

    /// Signs out.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        let outcome = try await end(session)
        session.warnOfEnvironmentToken("still applies; unset it to be signed out completely")
        if options.wishes.json {
            try session.answer(Self.json(outcome.outcome, outcome.key))
        } else {
            Self.tell(outcome.outcome, outcome.key, session)
        }
    }

    private func end(_ session: Session) async throws -> (outcome: Logout.Outcome, key: String?) {
        let key: String?
        do {
            key = try session.key(issuer: named ?? issuer.issuer)
        } catch let error as CredentialStoreError where error.code == .corrupt {
            // Which credential it would be can't be told, and need not be.
            return (try await Logout(session: session).run(named ?? ""), nil)
        }
        guard let key else { return (.notSignedIn, nil) }
        return (try await Logout(session: session).run(key), key)
    }

    private static func tell(_ outcome: Logout.Outcome, _ key: String?, _ session: Session) {
        switch outcome {
        case .notSignedIn:
            session.screen.show(Wording.Line("You are not signed in\(key.map { " to \($0)" } ?? "")."))
        case .setAside(let path):
            session.screen.warn("the credential file made no sense; it was kept as \(path)")
            session.screen.show(Wording.Line("Nobody is signed in here any more.", sign: .success))
        case .forgotten(let error):
            session.screen.warn("\(error.message); what it may still keep was not removed")
        case .removed(let ending):
            session.screen.show(Wording.Line("Signed out of \(key ?? "")", sign: .success))
            if case .remains = ending {
                session.screen.warn(ending.sentence)
            } else {
                session.screen.show(Wording.Line("  \(ending.sentence.capitalizedFirst)"))
            }
        }
    }

    private static func json(_ outcome: Logout.Outcome, _ key: String?) -> JSONReport {
        var report = Session.json(outcome)
        report.add("issuer", key)
        return report
    }
}
