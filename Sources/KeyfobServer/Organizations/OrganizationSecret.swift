import FoundationEssentials
import KeyfobSQL

/// Values such as another service's key, which an organization's members may read and a copy of the database may not.
extension AuthorizationServer {
    /// The most bytes of a secret.
    private static let longestSecret = 8192

    /// Keeps a secret for an organization, in the place of an older one of that name.
    ///
    /// - Parameters:
    ///   - name: 1 to 64 lower-case letters, digits, and `.`, `_`, `-`.
    ///   - value: 1 to 8192 bytes; `nil` to forget the secret.
    ///   - organization: The organization's slug or identifier.
    /// - Throws: ``ServerError`` with `.invalidInput` or `.notFound`.
    package func setOrganizationSecret(_ name: String, value: String?, of organization: String) async throws {
        try Self.checkAttribute(name)
        if let value, !(1...Self.longestSecret).contains(value.utf8.count) {
            throw ServerError(.invalidInput, "a secret has 1 to \(Self.longestSecret) bytes")
        }
        let now = now()
        try await database.write { connection in
            let organization = try connection.organization(organization, for: .operator)
            let key: [SQLValue] = [.text(organization.id), .text(name)]
            if let value {
                let sealed = try rootKey.seal(Array(value.utf8), for: Self.purpose(name, organization))
                try connection.execute(
                    """
                    INSERT INTO organization_secrets (organization_id, name, sealed, updated_at)
                    VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, name)
                    DO UPDATE SET sealed = $3, updated_at = $4
                    """,
                    key + [.text(sealed), SQLValue(now)]
                )
            } else {
                try connection.execute(
                    "DELETE FROM organization_secrets WHERE organization_id = $1 AND name = $2", key
                )
            }
            let event = AuditEvent(.organizationSecretSet, detail: "\(organization.slug) \(name)")
            try connection.record(event, at: now, random)
        }
    }

    /// A secret of an organization, for any of its members; `nil` if none of that name was set.
    ///
    /// - Throws: ``ServerError`` with `.notFound`; `.brokenState` if the root key does not open it.
    package func organizationSecret(
        _ name: String, of organization: String, for principal: Principal
    ) async throws -> String? {
        let found = try await database.read { connection in
            let organization = try connection.organization(organization, for: principal)
            let row = try connection.first(
                "SELECT sealed FROM organization_secrets WHERE organization_id = $1 AND name = $2",
                [.text(organization.id), .text(name)]
            )
            return try row.map { (sealed: try $0.text("sealed"), organization: organization) }
        }
        guard let found else { return nil }
        guard let bytes = rootKey.open(found.sealed, for: Self.purpose(name, found.organization)) else {
            throw ServerError(.brokenState, "the root key does not open the secret \(name)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Names the place, so that a sealed text that was moved to another row does not open there.
    private static func purpose(_ name: String, _ organization: Organization) -> String {
        "organization secret \(organization.id) \(name)"
    }
}
