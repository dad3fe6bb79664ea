package import FoundationEssentials
import KeyfobSQL

/// What an organization works on; it has keys of its own.
package struct Project: Sendable, Hashable {
    /// The identifier, a UUID in lower case; it never changes.
    package let id: String
    /// Whose it is.
    package let organization: Organization
    /// The short name, unique in the organization.
    package let slug: String
    /// The name for people.
    package let name: String
    /// What it is for, if somebody said so.
    package let description: String?
    /// When it was made.
    package let createdAt: Date

    init(_ row: SQLRow) throws {
        try self.init(row, id: "id", name: "name", createdAt: "created_at")
    }

    /// Reads a project that stands in a row beside something else.
    init(joined row: SQLRow) throws {
        try self.init(row, id: "project_id", name: "project_name", createdAt: "project_created_at")
    }

    init(
        id: String, organization: Organization, slug: String, name: String, description: String?, createdAt: Date
    ) {
        self.id = id
        self.organization = organization
        self.slug = slug
        self.name = name
        self.description = description
        self.createdAt = createdAt
    }

    private init(_ row: SQLRow, id: String, name: String, createdAt: String) throws {
        self.init(
            id: try row.text(id), organization: try Organization(joined: row), slug: try row.text("slug"),
            name: try row.text(name), description: try row.optionalText("description"),
            createdAt: try row.date(createdAt)
        )
    }
}
