import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// Disables or enables an account; from the next request on, nothing is issued or accepted for a disabled one.
    ///
    /// Its sessions and tokens sleep: they work again when the account is enabled before they expire.
    ///
    /// - Returns: The account as it is now.
    /// - Throws: ``ServerError`` with `.notFound`.
    package func setAccount(_ username: String, _ state: Account.State) async throws -> Account {
        let now = now()
        return try await database.write { connection in
            let account = try connection.account(named: username)
            let row = try connection.first(
                """
                UPDATE accounts SET state = $2 WHERE id = $1 AND state <> $2
                RETURNING id, username, email, name, state, created_at
                """,
                [.text(account.id), .text(state.rawValue)]
            )
            guard let row else { return account }
            let kind: AuditEvent.Kind = state == .active ? .accountEnabled : .accountDisabled
            try connection.record(AuditEvent(kind, account: account.id), at: now, random)
            return try Account(row)
        }
    }

    /// How many live keys of projects and organizations a person made; they belong to those, not to the person.
    package func keysMade(by account: Account) async throws -> Int {
        try await database.read { connection in
            let row = try connection.first(
                """
                SELECT (SELECT count(*) FROM project_keys WHERE created_by = $1 AND revoked_at IS NULL)
                    + (SELECT count(*) FROM organization_keys WHERE created_by = $1 AND revoked_at IS NULL) AS keys
                """,
                [.text(account.id)]
            )
            return Int(try row?.integer("keys") ?? 0)
        }
    }
}
