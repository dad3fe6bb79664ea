import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// Makes a project.
    ///
    /// - Parameters:
    ///   - name: 1 to 100 characters for people.
    ///   - slug: The short name; made from the name by default, with a number if the organization has one of that name.
    ///   - description: What it is for, up to 500 characters; none by default.
    ///   - organization: The slug or identifier of the organization that shall own it.
    ///   - principal: Who makes it.
    /// - Returns: The project.
    /// - Throws: ``ServerError`` with `.invalidInput`, `.notFound`, `.forbidden`, `.limitReached`, or `.alreadyExists`
    ///   for a slug that was asked for and is taken.
    package func createProject(
        name: String, slug: String? = nil, description: String? = nil, in organization: String,
        by principal: Principal
    ) async throws -> Project {
        let name = try Self.checkedName(name, of: "a project")
        let description = try Self.checkedDescription(description)
        guard let wanted = slug.map({ Slug($0) }) ?? Slug(naming: name) ?? Slug("project") else {
            throw ServerError(.invalidInput, Self.slugRule)
        }
        let id = ProjectIdentifier.make(random)
        let now = now()
        return try await database.write { connection in
            let organization = try connection.organization(organization, for: principal, toWrite: true)
            try checkProjects(of: organization, connection)
            for number in 1...(slug == nil ? policy.organizationProjects : 1) {
                guard let numbered = wanted.numbered(number) else { break }
                let project = Project(
                    id: id, organization: organization, slug: numbered.text, name: name, description: description,
                    createdAt: now
                )
                guard try connection.insert(project) else { continue }
                let event = AuditEvent(
                    .projectAdded, account: principal.accountID, detail: "\(organization.slug)/\(project.slug)"
                )
                try connection.record(event, at: now, random)
                return project
            }
            throw ServerError(.alreadyExists, "\(organization.slug) has a project with the slug \(wanted) already")
        }
    }

    private func checkProjects(of organization: Organization, _ connection: any SQLConnection) throws {
        let row = try connection.first(
            "SELECT count(*) AS projects FROM projects WHERE organization_id = $1", [.text(organization.id)]
        )
        guard try row?.integer("projects") ?? 0 < policy.organizationProjects else {
            throw ServerError(.limitReached, "an organization has at most \(policy.organizationProjects) projects")
        }
    }

    private static func checkedDescription(_ text: String?) throws -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control || $0 == "\n" }
        guard text.unicodeScalars.count <= 500, isPlain else {
            throw ServerError(.invalidInput, "a description has up to 500 characters, and no control characters")
        }
        return text
    }
}

extension SQLConnection {
    /// Writes a project unless its slug is taken in its organization.
    fileprivate func insert(_ project: Project) throws -> Bool {
        let row = try first(
            """
            INSERT INTO projects (id, organization_id, slug, name, description, created_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, slug) DO NOTHING RETURNING id
            """,
            [
                .text(project.id), .text(project.organization.id), .text(project.slug), .text(project.name),
                SQLValue(project.description), SQLValue(project.createdAt),
            ]
        )
        return row != nil
    }
}
