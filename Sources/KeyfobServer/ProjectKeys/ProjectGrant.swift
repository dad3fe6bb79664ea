import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// What a live project key stands for.
package struct ProjectGrant: Sendable, Hashable {
    /// For which project it speaks.
    package let project: Project
    /// The key, as it was before this use.
    package let key: ProjectKey

    /// Whose project it is.
    package var organization: Organization { project.organization }
}

extension AuthorizationServer {
    /// How old, in milliseconds, the note of a key's last use becomes before it is written again.
    private static let usePrecision: Int64 = 60_000

    /// What a project key stands for, if it is live.
    ///
    /// The use is noted at most once a minute, so most calls only read.
    ///
    /// - Parameters:
    ///   - secret: What was presented.
    ///   - kind: The kind of key that the caller takes; text of another form is refused before any look-up.
    /// - Returns: The grant; `nil` for a key that is not known, and for a revoked one.
    /// - Throws: `SQLError`.
    package func projectGrant(_ secret: String, kind: ProjectKeyKind) async throws -> ProjectGrant? {
        guard kind.format.accepts(secret) else { return nil }
        let hash = TokenFormat.hash(secret)
        let now = now()
        let grant = try await database.read { connection in
            let row = try connection.first(
                """
                SELECT k.id AS key_id, k.project_id, k.name AS key_name, k.start, k.scope, k.created_by,
                    k.created_at AS key_created_at, k.last_used_at, k.revoked_at, p.slug, p.name AS project_name,
                    p.description, p.created_at AS project_created_at, o.id AS organization_id,
                    o.slug AS organization_slug, o.name AS organization_name, o.created_at AS organization_created_at
                FROM project_keys k JOIN projects p ON p.id = k.project_id
                    JOIN organizations o ON o.id = p.organization_id
                WHERE k.hash = $1 AND k.revoked_at IS NULL
                """,
                [.text(hash)]
            )
            return try row.map { ProjectGrant(project: try Project(joined: $0), key: try ProjectKey($0)) }
        }
        if let key = grant?.key, now.milliseconds - (key.lastUsedAt?.milliseconds ?? 0) >= Self.usePrecision {
            // A busy or full disk must not turn a good key away: the next use notes it.
            try? await noteUse(of: key, at: now)
        }
        return grant
    }

    private func noteUse(of key: ProjectKey, at now: Date) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE project_keys SET last_used_at = $2
                WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)
                """,
                [.text(key.id), SQLValue(now), .integer(now.milliseconds - Self.usePrecision)]
            )
        }
    }
}
