package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A publishable key of an organization: it names the organization where it may be seen by everyone, so it is kept and
/// shown in clear.
package struct OrganizationKey: Sendable, Hashable {
    /// The identifier.
    package let id: String
    /// The organization's identifier.
    package let organizationID: String
    /// The key itself.
    package let value: String
    /// The name for people.
    package let name: String
    /// When it was made.
    package let createdAt: Date
    /// When it was revoked; `nil` while it may be used.
    package let revokedAt: Date?

    /// Whether it was revoked.
    package var isRevoked: Bool { revokedAt != nil }

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        organizationID = try row.text("organization_id")
        value = try row.text("value")
        name = try row.text("name")
        createdAt = try row.date("created_at")
        revokedAt = try row.optionalDate("revoked_at")
    }
}

extension AuthorizationServer {
    /// Makes a publishable key for an organization.
    ///
    /// - Parameters:
    ///   - format: How it looks.
    ///   - name: 1 to 100 characters for people.
    ///   - organization: The organization's slug or identifier.
    ///   - principal: Who makes it.
    /// - Returns: The key.
    /// - Throws: ``ServerError`` with `.invalidInput`, `.notFound`, `.forbidden`, or `.limitReached`.
    package func createOrganizationKey(
        _ format: TokenFormat, name: String, organization: String, by principal: Principal
    ) async throws -> OrganizationKey {
        let name = try Self.checkedName(name, of: "a key")
        let (id, value) = (random.keyIdentifier(), format.make(random))
        let now = now()
        return try await database.write { connection in
            let organization = try connection.organization(organization, for: principal, toWrite: true)
            try checkKeys(of: organization, connection)
            let row = try connection.first(
                """
                INSERT INTO organization_keys (id, organization_id, value, name, created_by, created_at)
                VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, organization_id, value, name, created_at, revoked_at
                """,
                [
                    .text(id), .text(organization.id), .text(value), .text(name), SQLValue(principal.accountID),
                    SQLValue(now),
                ]
            )
            guard let row else { throw ServerError(.brokenState, "the key was not written") }
            let event = AuditEvent(
                .organizationKeyAdded, account: principal.accountID, detail: "\(organization.slug) \(id)"
            )
            try connection.record(event, at: now, random)
            return try OrganizationKey(row)
        }
    }

    /// The publishable keys of an organization, the newest first: all live ones, and the last of the revoked ones.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    package func organizationKeys(
        of organization: String, for principal: Principal
    ) async throws -> [OrganizationKey] {
        try await database.read { connection in
            let organization = try connection.organization(organization, for: principal)
            return try connection.execute(
                """
                SELECT id, organization_id, value, name, created_at, revoked_at FROM organization_keys
                WHERE id IN (SELECT id FROM organization_keys WHERE organization_id = $1
                    ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, revoked_at DESC, id LIMIT $2)
                ORDER BY created_at DESC, id
                """,
                [.text(organization.id), SQLValue(2 * policy.liveKeys)]
            ).map(OrganizationKey.init)
        }
    }

    /// Ends a key at once and for good; one that was revoked before stays so.
    ///
    /// - Throws: ``ServerError`` with `.notFound`, also for a key of another organization; `.forbidden`.
    package func revokeOrganizationKey(
        _ id: String, of organization: String, by principal: Principal
    ) async throws {
        let now = now()
        try await database.write { connection in
            let organization = try connection.organization(organization, for: principal, toWrite: true)
            let row = try connection.first(
                """
                UPDATE organization_keys SET revoked_at = $3 WHERE id = $1 AND organization_id = $2 AND revoked_at IS NULL
                RETURNING id
                """,
                [.text(id), .text(organization.id), SQLValue(now)]
            )
            guard row != nil else {
                let known = try connection.first(
                    "SELECT id FROM organization_keys WHERE id = $1 AND organization_id = $2",
                    [.text(id), .text(organization.id)]
                )
                guard known != nil else { throw ServerError(.notFound, "there is no such key") }
                return
            }
            let event = AuditEvent(
                .organizationKeyRevoked, account: principal.accountID, detail: "\(organization.slug) \(id)"
            )
            try connection.record(event, at: now, random)
        }
    }

    private func checkKeys(of organization: Organization, _ connection: any SQLConnection) throws {
        let row = try connection.first(
            "SELECT count(*) AS keys FROM organization_keys WHERE organization_id = $1 AND revoked_at IS NULL",
            [.text(organization.id)]
        )
        guard try row?.integer("keys") ?? 0 < policy.liveKeys else {
            throw ServerError(.limitReached, "an organization has at most \(policy.liveKeys) keys: revoke one first")
        }
    }
}
