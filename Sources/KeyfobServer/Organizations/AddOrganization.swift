import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Words that mean something else where an organization's slug can stand: in addresses, and beside the other
    /// settings of a configuration file that has a table for each organization.
    private static let reserved: Set<String> = ["token", "org", "me", "new"]

    /// Makes an organization.
    ///
    /// - Parameters:
    ///   - slug: The short name; made from the name by default.
    ///   - name: 1 to 100 characters for people.
    ///   - owner: The name that its first owner signs in with; none by default.
    /// - Returns: The organization.
    /// - Throws: ``ServerError`` with `.invalidInput`, `.alreadyExists`, or `.notFound` for an unknown owner.
    package func addOrganization(
        slug: String? = nil, name: String, owner: String? = nil
    ) async throws -> Organization {
        let name = try Self.checkedName(name, of: "an organization")
        guard let slug = slug.map({ Slug($0) }) ?? Slug(naming: name), !Self.reserved.contains(slug.text) else {
            throw ServerError(.invalidInput, Self.slugRule)
        }
        let id = "org_" + random.characters(12, from: Array("0123456789".utf8))
        let now = now()
        return try await database.write { connection in
            let row = try connection.first(
                """
                INSERT INTO organizations (id, slug, name, created_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (slug) DO NOTHING RETURNING id, slug, name, created_at
                """,
                [.text(id), .text(slug.text), .text(name), SQLValue(now)]
            )
            guard let row else {
                throw ServerError(.alreadyExists, "an organization with the slug \(slug) exists already")
            }
            let organization = try Organization(row)
            try connection.record(AuditEvent(.organizationAdded, detail: organization.slug), at: now, random)
            if let owner {
                _ = try connection.join(connection.account(named: owner), organization, .owner, at: now, random)
            }
            return organization
        }
    }

    /// Every organization of this server, by slug.
    package func organizations() async throws -> [Organization] {
        try await database.read { connection in
            try connection.execute("SELECT id, slug, name, created_at FROM organizations ORDER BY slug")
                .map { try Organization($0) }
        }
    }

    /// The organization of that slug or identifier.
    ///
    /// - Throws: ``ServerError`` with `.notFound`, for one of other people too.
    package func organization(_ reference: String, for principal: Principal) async throws -> Organization {
        try await database.read { try $0.organization(reference, for: principal) }
    }

    /// What a slug is, for whoever gave another text.
    static let slugRule =
        "a slug has 1 to 63 lower-case letters and digits with single hyphens between them, and is no reserved word"
}
