package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A secret with which programs act for a project; it is nobody's in particular, and outlives who made it.
package struct ProjectKey: Sendable, Hashable {
    /// Whether the key may be used.
    package enum State: Sendable, Hashable {
        /// It may.
        case active
        /// A person or the operator ended it.
        case revoked(at: Date)
    }

    /// The identifier; no secret.
    package let id: String
    /// The project's identifier.
    package let projectID: String
    /// The name for people.
    package let name: String
    /// The key's first characters, to tell it from others.
    package let start: String
    /// What it allows.
    package let scopes: Scopes
    /// The identifier of the account that made it; `nil` for the operator.
    package let createdBy: String?
    /// When it was made.
    package let createdAt: Date
    /// When it was last used, to the minute.
    package let lastUsedAt: Date?
    /// Whether it may be used.
    package let state: State

    /// Reads a key; the row's names have the prefix `key_`, so that the project can stand beside it.
    init(_ row: SQLRow) throws {
        id = try row.text("key_id")
        projectID = try row.text("project_id")
        name = try row.text("key_name")
        start = try row.text("start")
        scopes = try row.scopes("scope")
        createdBy = try row.optionalText("created_by")
        createdAt = try row.date("key_created_at")
        lastUsedAt = try row.optionalDate("last_used_at")
        state = try row.optionalDate("revoked_at").map(State.revoked) ?? .active
    }
}

extension AuthorizationServer {
    /// Makes a key for a project.
    ///
    /// - Parameters:
    ///   - kind: How it looks and what it can be for.
    ///   - name: 1 to 100 characters for people.
    ///   - scopes: What it allows; the kind's default by default.
    ///   - project: The project, as ``project(_:for:)`` takes it.
    ///   - principal: Who makes it.
    /// - Returns: The key, and its secret, which can't be shown again.
    /// - Throws: ``ServerError`` with `.invalidInput`, `invalid_scope`, `.notFound`, `.forbidden`, or `.limitReached`.
    package func createProjectKey(
        _ kind: ProjectKeyKind, name: String, scopes: Scopes? = nil, project: String, by principal: Principal
    ) async throws -> (key: ProjectKey, secret: String) {
        let name = try Self.checkedName(name, of: "a key")
        let scopes = try kind.chosen(scopes)
        let secret = kind.format.make(random)
        let id = random.keyIdentifier()
        let now = now()
        let key = try await database.write { connection in
            let project = try connection.project(project, for: principal, toWrite: true)
            try checkProjectKeys(of: project, connection)
            let row = try connection.first(
                """
                INSERT INTO project_keys (hash, id, project_id, name, start, scope, created_by, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                RETURNING id AS key_id, project_id, name AS key_name, start, scope, created_by,
                    created_at AS key_created_at, last_used_at, revoked_at
                """,
                [
                    .text(TokenFormat.hash(secret)), .text(id), .text(project.id), .text(name),
                    .text(String(secret.prefix(kind.shownCharacters))), .text(scopes.description),
                    SQLValue(principal.accountID), SQLValue(now),
                ]
            )
            guard let row else { throw ServerError(.brokenState, "the key was not written") }
            let event = AuditEvent(.projectKeyAdded, account: principal.accountID, detail: "\(project.id) \(id)")
            try connection.record(event, at: now, random)
            return try ProjectKey(row)
        }
        return (key, secret)
    }

    /// The keys of a project, the newest first: all live ones, and the last of the revoked ones.
    ///
    /// - Throws: ``ServerError`` with `.notFound` or `.invalidInput`.
    package func projectKeys(of project: String, for principal: Principal) async throws -> [ProjectKey] {
        try await database.read { connection in
            let project = try connection.project(project, for: principal)
            return try connection.execute(
                """
                SELECT id AS key_id, project_id, name AS key_name, start, scope, created_by,
                    created_at AS key_created_at, last_used_at, revoked_at
                FROM project_keys WHERE id IN (SELECT id FROM project_keys WHERE project_id = $1
                    ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, revoked_at DESC, id LIMIT $2)
                ORDER BY created_at DESC, id
                """,
                [.text(project.id), SQLValue(2 * policy.liveKeys)]
            ).map(ProjectKey.init)
        }
    }

    /// Ends a key at once and for good; one that was revoked before stays so.
    ///
    /// - Throws: ``ServerError`` with `.notFound`, also for a key of another project; `.forbidden`; `.invalidInput`.
    package func revokeProjectKey(_ id: String, of project: String, by principal: Principal) async throws {
        let now = now()
        try await database.write { connection in
            let project = try connection.project(project, for: principal, toWrite: true)
            let row = try connection.first(
                """
                UPDATE project_keys SET revoked_at = $3 WHERE id = $1 AND project_id = $2 AND revoked_at IS NULL
                RETURNING id
                """,
                [.text(id), .text(project.id), SQLValue(now)]
            )
            guard row != nil else {
                let known = try connection.first(
                    "SELECT id FROM project_keys WHERE id = $1 AND project_id = $2", [.text(id), .text(project.id)]
                )
                guard known != nil else { throw ServerError(.notFound, "there is no such key") }
                return
            }
            let event = AuditEvent(.projectKeyRevoked, account: principal.accountID, detail: "\(project.id) \(id)")
            try connection.record(event, at: now, random)
        }
    }

    private func checkProjectKeys(of project: Project, _ connection: any SQLConnection) throws {
        let row = try connection.first(
            "SELECT count(*) AS keys FROM project_keys WHERE project_id = $1 AND revoked_at IS NULL",
            [.text(project.id)]
        )
        guard try row?.integer("keys") ?? 0 < policy.liveKeys else {
            throw ServerError(.limitReached, "a project has at most \(policy.liveKeys) keys: revoke one first")
        }
    }
}
