public import ArgumentParser
import KeyfobClient
import KeyfobSignIn

/// `logout` of a product whose service is fixed.
public struct ProductLogout<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "logout", abstract: "Sign out of \(CLI.product.displayName).",
            discussion: """
                Ends the token that the login made, on the server too, and removes it here. When the server can't be \
                reached, it is removed here all the same, and you are told what may still be alive there.
                """)
    }

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var output: OutputOptions

    /// Makes the command for its parser.
    public init() {}

    /// Signs out.
    public func run() async throws {
        let session = try Session(CLI.self, json: output.json)
        let key = try session.key(nil) ?? CLI.product.name
        if let question = session.screen.wording.leaving, !force, !output.json, isSignedIn(session, key) {
            guard try await session.confirms(question) else { return }
        }
        let outcome = try await Logout(session: session).run(key)
        session.warnOfEnvironmentToken("still applies; unset it to be signed out completely")
        if output.json {
            try session.answer(Self.json(outcome))
        } else {
            Self.tell(outcome, session.screen)
        }
    }

    private func isSignedIn(_ session: Session, _ key: String) -> Bool {
        (try? session.file.read(key)) != nil
    }

    private static func tell(_ outcome: Logout.Outcome, _ screen: Screen) {
        switch outcome {
        case .notSignedIn:
            screen.show(screen.wording.notSignedOut)
        case .setAside(let path):
            screen.warn("the credential file made no sense; it was kept as \(path)")
            screen.show(screen.wording.signedOut)
        case .removed(let ending):
            screen.show(screen.wording.signedOut)
            switch ending {
            case .ended, .revoked: break
            case .notOurs, .noRevocation: screen.show(Wording.Line(ending.sentence.capitalizedFirst, sign: .note))
            case .remains: screen.warn(ending.sentence)
            }
        }
    }

    private static func json(_ outcome: Logout.Outcome) -> JSONReport {
        var report = JSONReport()
        report.add("signed_in", false)
        switch outcome {
        case .notSignedIn: report.add("removed", false)
        case .setAside(let path):
            report.add("removed", true)
            report.add("kept_as", path)
        case .removed(let ending):
            report.add("removed", true)
            report.add("server", ending.word)
            report.add("detail", ending.sentence)
        }
        return report
    }
}
