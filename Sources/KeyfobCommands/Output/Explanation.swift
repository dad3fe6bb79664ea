import FoundationEssentials
import KeyfobCredentials
import KeyfobSignIn
import KeyfobTerminal

/// Which credential applies, and why, for people and for programs.
struct Explanation {
    private let chain: CredentialChain
    private let session: Session

    init(_ chain: CredentialChain, _ session: Session) {
        self.chain = chain
        self.session = session
    }

    /// Shows the places in order.
    func show() {
        session.screen.show(Wording.Line("Where a credential is looked for, in this order:"))
        for (index, candidate) in chain.candidates.enumerated() {
            session.screen.show(
                Wording.Line("  \(index + 1). {place}: {state}"),
                ["place": Self.name(candidate.source, session), "state": state(candidate)])
        }
        session.screen.show(Wording.Line(""))
    }

    /// The places as objects.
    var json: [JSONReport] {
        chain.candidates.map { candidate in
            var report = JSONReport()
            report.add("source", Self.word(candidate.source))
            report.add("place", Self.name(candidate.source, session))
            report.add("state", Self.word(candidate.finding))
            report.add("detail", state(candidate))
            return report
        }
    }

    /// A place, for people.
    static func name(_ source: CredentialChain.Source, _ session: Session) -> String {
        switch source {
        case .environment(let variable): return "the environment variable \(variable)"
        case .stored(let location, let key):
            let path = CredentialPlace.abbreviated(location, environment: session.context.environment)
            return "\(path) (\(key))"
        }
    }

    /// A place, for programs.
    static func word(_ source: CredentialChain.Source) -> String {
        switch source {
        case .environment: "environment"
        case .stored: "credentials_file"
        }
    }

    private static func word(_ finding: CredentialChain.Finding) -> String {
        switch finding {
        case .used: "used"
        case .shadowed: "shadowed"
        case .absent: "absent"
        case .unreadable: "unreadable"
        }
    }

    private func state(_ candidate: CredentialChain.Candidate) -> String {
        switch candidate.finding {
        case .used(let credential): "used, \(life(of: credential))"
        case .shadowed: "there, but not used, since one before it is"
        case .absent:
            if case .environment = candidate.source { "not set" } else { "no credential" }
        case .unreadable(let error): "can't be read: \(error.message)"
        }
    }

    private func life(of credential: Credential) -> String {
        guard let end = credential.expiresAt else { return "no expiry known" }
        return Lifetime.words(until: end, from: session.context.now(), canRefresh: credential.refreshToken != nil)
    }
}
