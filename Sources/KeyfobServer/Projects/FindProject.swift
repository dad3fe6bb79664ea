import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// The projects that a principal may see, by organization and slug.
    ///
    /// - Parameters:
    ///   - principal: Who asks.
    ///   - organization: The slug or identifier of the one organization whose projects are meant; all by default.
    /// - Returns: The projects; for a person, those of the organizations that they belong to.
    /// - Throws: ``ServerError`` with `.notFound` for an organization that the principal may not see.
    package func projects(for principal: Principal, in organization: String? = nil) async throws -> [Project] {
        try await database.read { connection in
            let projects = try connection.projects(for: principal)
            guard let organization else { return projects }
            let chosen = try connection.organization(organization, for: principal)
            return projects.filter { $0.organization.id == chosen.id }
        }
    }

    /// The project that a principal names, if the principal may see it.
    ///
    /// - Parameters:
    ///   - reference: The identifier, the slug, `ORGANIZATION/SLUG`, or the name.
    ///   - principal: Who asks.
    /// - Returns: The project.
    /// - Throws: ``ServerError`` with `.notFound`, the same for one of other people; `.invalidInput` if several of the
    ///   principal's projects have that slug or name.
    package func project(_ reference: String, for principal: Principal) async throws -> Project {
        try await database.read { try $0.project(reference, for: principal) }
    }
}

extension SQLConnection {
    /// The project that a principal names, as ``AuthorizationServer/project(_:for:)`` finds it.
    ///
    /// - Parameters:
    ///   - reference: The identifier, the slug, `ORGANIZATION/SLUG`, or the name.
    ///   - principal: Who asks.
    ///   - toWrite: Whether the project or something of it is to be changed.
    /// - Returns: The project.
    /// - Throws: ``ServerError`` with `.notFound`, `.forbidden` or `.invalidInput`.
    func project(_ reference: String, for principal: Principal, toWrite: Bool = false) throws -> Project {
        // No name has a NUL; SQLite would read no further than that.
        let isText = !reference.isEmpty && !reference.utf8.contains(0)
        let visible = isText ? try projects(for: principal, named: reference) : []
        // An identifier before a slug, and a slug before a name, so that nobody's naming hides another project.
        let matches: [(Project) -> Bool] = [
            { $0.id == reference },
            { $0.slug == reference },
            { "\($0.organization.slug)/\($0.slug)" == reference },
            { $0.name == reference },
        ]
        let found = matches.lazy.map { visible.filter($0) }.first { !$0.isEmpty } ?? []
        guard let project = found.first else { throw ServerError(.notFound, "there is no such project") }
        guard found.count == 1 else {
            let names = found.map { "\($0.organization.slug)/\($0.slug)" }.joined(separator: ", ")
            throw ServerError(.invalidInput, "several projects have that name: say which of \(names)")
        }
        if toWrite { _ = try organization(project.organization.id, for: principal, toWrite: true) }
        return project
    }

    /// The projects that a principal may see: those that a reference can mean, or all.
    fileprivate func projects(for principal: Principal, named reference: String = "") throws -> [Project] {
        guard case .person(let account) = principal else {
            return try execute(
                """
                SELECT p.id, p.slug, p.name, p.description, p.created_at, o.id AS organization_id,
                    o.slug AS organization_slug, o.name AS organization_name, o.created_at AS organization_created_at
                FROM projects p JOIN organizations o ON o.id = p.organization_id
                WHERE $1 = '' OR $1 = p.id OR $1 = p.slug OR $1 = p.name OR $1 = o.slug || '/' || p.slug
                ORDER BY o.slug, p.slug
                """,
                [.text(reference)]
            ).map { try Project($0) }
        }
        return try execute(
            """
            SELECT p.id, p.slug, p.name, p.description, p.created_at, o.id AS organization_id,
                o.slug AS organization_slug, o.name AS organization_name, o.created_at AS organization_created_at
            FROM memberships m JOIN organizations o ON o.id = m.organization_id JOIN accounts a ON a.id = m.account_id
                JOIN projects p ON p.organization_id = o.id
            WHERE m.account_id = $1 AND a.state = 'active'
                AND ($2 = '' OR $2 = p.id OR $2 = p.slug OR $2 = p.name OR $2 = o.slug || '/' || p.slug)
            ORDER BY o.slug, p.slug
            """,
            [.text(account.id), .text(reference)]
        ).map { try Project($0) }
    }
}
