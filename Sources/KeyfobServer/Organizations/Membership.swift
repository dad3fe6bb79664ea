package import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// That a person belongs to an organization, and as what.
package struct Membership: Sendable, Hashable {
    /// What a member may do.
    package enum Role: String, Sendable, CaseIterable {
        /// Everything; whom to ask about the organization.
        case owner
        /// Everything.
        case admin
        /// See what the organization has, its secrets included, and change nothing.
        case member

        /// Whether projects and keys may be made and revoked.
        package var mayWrite: Bool { self != .member }
    }

    /// The organization.
    package let organization: Organization
    /// The person.
    package let account: Account
    /// As what.
    package let role: Role
    /// Since when.
    package let since: Date

    init(organization: Organization, account: Account, role: Role, since: Date) {
        self.organization = organization
        self.account = account
        self.role = role
        self.since = since
    }

    init(_ row: SQLRow) throws {
        organization = try Organization(joined: row)
        account = try Account(row)
        role = try row.state("role", of: Role.self)
        since = try row.date("since")
    }
}

extension AuthorizationServer {
    /// The organizations that a person belongs to, the one that they joined first at the head.
    package func organizations(of account: Account) async throws -> [Membership] {
        try await database.read { connection in
            try connection.execute(
                """
                SELECT o.id AS organization_id, o.slug AS organization_slug, o.name AS organization_name,
                    o.created_at AS organization_created_at, m.role, m.created_at AS since,
                    a.id, a.username, a.email, a.name, a.state, a.created_at
                FROM memberships m JOIN organizations o ON o.id = m.organization_id
                    JOIN accounts a ON a.id = m.account_id
                WHERE m.account_id = $1 AND a.state = 'active' ORDER BY m.created_at, o.slug
                """,
                [.text(account.id)]
            ).map(Membership.init)
        }
    }

    /// The people of an organization, by the name that they sign in with.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    package func members(of organization: String, for principal: Principal) async throws -> [Membership] {
        try await database.read { connection in
            let organization = try connection.organization(organization, for: principal)
            return try connection.execute(
                """
                SELECT o.id AS organization_id, o.slug AS organization_slug, o.name AS organization_name,
                    o.created_at AS organization_created_at, m.role, m.created_at AS since,
                    a.id, a.username, a.email, a.name, a.state, a.created_at
                FROM memberships m JOIN organizations o ON o.id = m.organization_id
                    JOIN accounts a ON a.id = m.account_id
                WHERE m.organization_id = $1 ORDER BY a.username
                """,
                [.text(organization.id)]
            ).map(Membership.init)
        }
    }

    /// Makes a person a member of an organization; who is one already changes the role.
    ///
    /// - Parameters:
    ///   - username: The name that the person signs in with.
    ///   - organization: The organization's slug or identifier.
    ///   - role: As what.
    /// - Returns: The membership.
    /// - Throws: ``ServerError`` with `.notFound`.
    package func addMember(
        _ username: String, to organization: String, role: Membership.Role
    ) async throws -> Membership {
        let now = now()
        return try await database.write { connection in
            let organization = try connection.organization(organization, for: .operator)
            let account = try connection.account(named: username)
            return try connection.join(account, organization, role, at: now, random)
        }
    }

    /// Ends a membership; what the person made for the organization stays.
    ///
    /// - Throws: ``ServerError`` with `.notFound` if the person or the organization is not known, or they do not belong
    ///   together.
    package func removeMember(_ username: String, from organization: String) async throws {
        let now = now()
        try await database.write { connection in
            let organization = try connection.organization(organization, for: .operator)
            let account = try connection.account(named: username)
            let row = try connection.first(
                "DELETE FROM memberships WHERE organization_id = $1 AND account_id = $2 RETURNING role",
                [.text(organization.id), .text(account.id)]
            )
            guard row != nil else {
                throw ServerError(.notFound, "\(account.username) is no member of \(organization.slug)")
            }
            let event = AuditEvent(.memberRemoved, account: account.id, detail: organization.slug)
            try connection.record(event, at: now, random)
        }
    }
}

extension SQLConnection {
    /// Writes a membership in the running transaction.
    func join(
        _ account: Account, _ organization: Organization, _ role: Membership.Role, at now: Date, _ random: RandomBytes
    ) throws -> Membership {
        let row = try first(
            """
            INSERT INTO memberships (organization_id, account_id, role, created_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (organization_id, account_id) DO UPDATE SET role = $3 RETURNING created_at
            """,
            [.text(organization.id), .text(account.id), .text(role.rawValue), SQLValue(now)]
        )
        let event = AuditEvent(.memberAdded, account: account.id, detail: "\(organization.slug) \(role.rawValue)")
        try record(event, at: now, random)
        return Membership(
            organization: organization, account: account, role: role, since: try row?.date("created_at") ?? now
        )
    }
}
