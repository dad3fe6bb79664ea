import KeyfobCommands

/// A project, as the service describes it.
struct Project: Decodable, Sendable {
    let id: String
    let name: String
    let slug: String?
    let description: String?

    private struct Listed: Decodable, Sendable {
        let projects: [Project]
    }

    /// What people call it by: the short name where there is one.
    var reference: String { slug ?? id }

    /// Every project that the token can see.
    static func all(in session: Session) async throws -> [Project] {
        try await session.get("/v1/projects", as: Listed.self).projects
    }

    /// The project of a name, short name or identifier.
    ///
    /// - Throws: ``ClientError`` where the token has no access to one, which is the same as if there were none.
    static func named(_ reference: String, in session: Session) async throws -> Project {
        try await session.get("/v1/projects/\(reference)")
    }

    /// The project in an answer for programs.
    var report: JSONReport {
        var report = JSONReport()
        report.add("id", id)
        report.add("name", name)
        report.add("slug", slug)
        report.add("description", description)
        return report
    }
}
