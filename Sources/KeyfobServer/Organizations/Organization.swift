package import FoundationEssentials
import KeyfobSQL

/// A group of people that owns projects and keys.
package struct Organization: Sendable, Hashable {
    /// The identifier, `org_` and twelve digits; it never changes.
    package let id: String
    /// The short name, unique on this server.
    package let slug: String
    /// The name for people.
    package let name: String
    /// When it was made.
    package let createdAt: Date

    /// Whether text has the form of an identifier, which no slug has.
    static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 16 && bytes.starts(with: "org_".utf8) && bytes[4...].allSatisfy { (0x30...0x39) ~= $0 }
    }

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        slug = try row.text("slug")
        name = try row.text("name")
        createdAt = try row.date("created_at")
    }

    /// Reads an organization that stands in a row beside something else.
    init(joined row: SQLRow) throws {
        id = try row.text("organization_id")
        slug = try row.text("organization_slug")
        name = try row.text("organization_name")
        createdAt = try row.date("organization_created_at")
    }
}
