import KeyfobSQL

/// On whose behalf something is read or changed that belongs to an organization.
package enum Principal: Sendable, Hashable {
    /// The operator, at the server's own command line, who may do everything.
    case `operator`
    /// A person, who may do what their memberships allow at that moment.
    case person(Account)

    /// The person's account; `nil` for the operator.
    var accountID: String? {
        switch self {
        case .operator: nil
        case .person(let account): account.id
        }
    }
}

extension SQLConnection {
    /// The organization that a principal names, if the principal may see it.
    ///
    /// - Parameters:
    ///   - reference: The organization's slug or identifier.
    ///   - principal: Who asks.
    ///   - toWrite: Whether something of the organization's is to be changed, which a plain member may not do.
    /// - Returns: The organization.
    /// - Throws: ``ServerError`` with `.notFound`, the same for one that does not exist and one of other people;
    ///   `.forbidden`.
    func organization(
        _ reference: String, for principal: Principal, toWrite: Bool = false
    ) throws -> Organization {
        // The form first: what a database makes of a NUL or of another spelling is not to be found out.
        guard Slug(reference) != nil || Organization.isIdentifier(reference) else { throw Self.noOrganization }
        guard case .person(let account) = principal else {
            let row = try first(
                "SELECT id, slug, name, created_at FROM organizations WHERE slug = $1 OR id = $1", [.text(reference)]
            )
            guard let row else { throw Self.noOrganization }
            return try Organization(row)
        }
        let row = try first(
            """
            SELECT o.id, o.slug, o.name, o.created_at, m.role
            FROM memberships m JOIN organizations o ON o.id = m.organization_id JOIN accounts a ON a.id = m.account_id
            WHERE m.account_id = $1 AND (o.slug = $2 OR o.id = $2) AND a.state = 'active'
            """,
            [.text(account.id), .text(reference)]
        )
        guard let row else { throw Self.noOrganization }
        let organization = try Organization(row)
        if toWrite { try require(try row.state("role", of: Membership.Role.self), in: organization) }
        return organization
    }

    private static var noOrganization: ServerError { ServerError(.notFound, "there is no such organization") }

    /// Refuses a member who may only read.
    func require(_ role: Membership.Role, in organization: Organization) throws {
        guard role.mayWrite else {
            throw ServerError(.forbidden, "only owners and admins of \(organization.slug) may do this")
        }
    }
}
