import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// Every account of this server, by the name to sign in with.
    package func accounts() async throws -> [Account] {
        try await database.read { connection in
            try connection.execute(
                "SELECT id, username, email, name, state, created_at FROM accounts ORDER BY username"
            ).map(Account.init)
        }
    }

    /// The account of that name; `nil` if there is none.
    package func account(named username: String) async throws -> Account? {
        try await database.read { connection in
            do {
                return try connection.account(named: username)
            } catch let error as ServerError where error.code == .notFound {
                return nil
            }
        }
    }
}

extension SQLConnection {
    /// The account that signs in with a name.
    ///
    /// - Throws: ``ServerError`` with `.notFound`.
    func account(named username: String) throws -> Account {
        let row = try first(
            "SELECT id, username, email, name, state, created_at FROM accounts WHERE username = $1",
            [.text(username.lowercased())]
        )
        guard let row else { throw ServerError(.notFound, "there is no account named \(username)") }
        return try Account(row)
    }
}
