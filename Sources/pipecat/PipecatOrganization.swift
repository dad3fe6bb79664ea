import KeyfobCommands

/// An organization, as the vendor's API names it.
struct PipecatOrganization: Decodable, Sendable {
    /// The identifier, which goes into addresses and the configuration.
    let name: String
    /// The name for people.
    let verboseName: String

    private struct Reply: Decodable, Sendable {
        let organizations: [PipecatOrganization]
    }

    /// Both names, as the vendor's client shows them.
    var shown: String { "\(verboseName) (\(name))" }

    /// The organizations of a token's owner; there is at least one.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - token: Another token than the session's own.
    /// - Returns: The organizations, the service's first choice first.
    /// - Throws: ``Failure`` where there is none, and what a request throws.
    static func all(in session: Session, with token: Secret? = nil) async throws -> [PipecatOrganization] {
        let request = ResourceRequest(.get, ResourcePath(verbatim: PipecatPaths.organizations))
        let reply: Reply = try await session.send(request, with: token)
        guard !reply.organizations.isEmpty else {
            throw Failure(
                "no_organization", "Account has no associated organization.",
                hint: "Have you completed the onboarding process? Please first sign in via the web dashboard.",
                exit: .failed)
        }
        return reply.organizations
    }

    /// The one to work for: what the environment or the configuration names, else the first.
    ///
    /// - Parameter session: The session.
    /// - Returns: The organization.
    /// - Throws: ``Failure`` where the environment names one that is not there.
    static func active(in session: Session) async throws -> PipecatOrganization {
        let all = try await all(in: session)
        guard let setting = session.organization() else { return all[0] }
        if let match = all.first(where: { $0.name == setting.value }) { return match }
        if case .environment = setting.source { throw unknown(setting.value) }
        // The configuration may be another account's, whose token the environment hides.
        session.screen.warn("the configured organization \(setting.value) is none of this account's")
        return all[0]
    }

    /// The failure for a name that is no organization of the account.
    static func unknown(_ name: String) -> Failure {
        Failure(
            "unknown_organization", "No organization with ID '\(name)'.",
            hint: "Run pipecat cloud organizations list to see available IDs.", exit: .failed)
    }

    /// The organization in an answer for programs.
    var report: JSONReport {
        var report = JSONReport()
        report.add("name", name)
        report.add("verboseName", verboseName)
        return report
    }
}
