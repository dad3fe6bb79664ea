import FoundationEssentials
import KeyfobSQL

/// Facts that the operator notes and programs show, such as a tier; nothing on this server depends on one.
extension AuthorizationServer {
    /// Notes a fact about a person; `nil` removes it.
    ///
    /// - Parameters:
    ///   - name: 1 to 64 lower-case letters, digits, and `.`, `_`, `-`.
    ///   - value: 1 to 1000 bytes without control characters.
    ///   - username: The name that the person signs in with.
    /// - Throws: ``ServerError`` with `.invalidInput` or `.notFound`.
    package func setAccountAttribute(_ name: String, value: String?, of username: String) async throws {
        try Self.checkAttribute(name, value)
        let now = now()
        try await database.write { connection in
            let account = try connection.account(named: username)
            if let value {
                try connection.execute(
                    """
                    INSERT INTO account_attributes (account_id, name, value) VALUES ($1, $2, $3)
                    ON CONFLICT (account_id, name) DO UPDATE SET value = $3
                    """,
                    [.text(account.id), .text(name), .text(value)]
                )
            } else {
                try connection.execute(
                    "DELETE FROM account_attributes WHERE account_id = $1 AND name = $2",
                    [.text(account.id), .text(name)]
                )
            }
            try connection.record(
                AuditEvent(.accountAttributeSet, account: account.id, detail: name), at: now, random
            )
        }
    }

    /// One fact about a person; `nil` if none of that name was noted.
    package func accountAttribute(_ name: String, of account: Account) async throws -> String? {
        try await accountAttributes(of: account)[name]
    }

    /// The facts about a person by name.
    package func accountAttributes(of account: Account) async throws -> [String: String] {
        try await database.read { connection in
            let rows = try connection.execute(
                "SELECT name, value FROM account_attributes WHERE account_id = $1", [.text(account.id)]
            )
            return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.text("name"), try $0.text("value")) })
        }
    }
}
