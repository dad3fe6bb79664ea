import FoundationEssentials
import KeyfobSQL

/// Facts that the operator notes and programs show, such as a tier; nothing on this server depends on one.
extension AuthorizationServer {
    /// Notes a fact about an organization; `nil` removes it.
    ///
    /// - Parameters:
    ///   - name: 1 to 64 lower-case letters, digits, and `.`, `_`, `-`.
    ///   - value: 1 to 1000 bytes without control characters.
    ///   - organization: The organization's slug or identifier.
    /// - Throws: ``ServerError`` with `.invalidInput` or `.notFound`.
    package func setOrganizationAttribute(_ name: String, value: String?, of organization: String) async throws {
        try Self.checkAttribute(name, value)
        let now = now()
        try await database.write { connection in
            let organization = try connection.organization(organization, for: .operator)
            if let value {
                try connection.execute(
                    """
                    INSERT INTO organization_attributes (organization_id, name, value) VALUES ($1, $2, $3)
                    ON CONFLICT (organization_id, name) DO UPDATE SET value = $3
                    """,
                    [.text(organization.id), .text(name), .text(value)]
                )
            } else {
                try connection.execute(
                    "DELETE FROM organization_attributes WHERE organization_id = $1 AND name = $2",
                    [.text(organization.id), .text(name)]
                )
            }
            let event = AuditEvent(.organizationAttributeSet, detail: "\(organization.slug) \(name)")
            try connection.record(event, at: now, random)
        }
    }

    /// The facts about an organization by name, for any of its members.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    package func organizationAttributes(
        of organization: String, for principal: Principal
    ) async throws -> [String: String] {
        try await database.read { connection in
            let organization = try connection.organization(organization, for: principal)
            let rows = try connection.execute(
                "SELECT name, value FROM organization_attributes WHERE organization_id = $1", [.text(organization.id)]
            )
            return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.text("name"), try $0.text("value")) })
        }
    }

    /// Refuses a name or a value that is none.
    static func checkAttribute(_ name: String, _ value: String? = nil) throws {
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
        guard isName else {
            throw ServerError(.invalidInput, "a name has 1 to 64 lower-case letters, digits, and . _ -")
        }
        guard let value else { return }
        let isPlain = value.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...1000).contains(value.utf8.count), isPlain else {
            throw ServerError(.invalidInput, "a value has 1 to 1000 bytes, and no control characters")
        }
    }
}
