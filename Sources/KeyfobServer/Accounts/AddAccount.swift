import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Makes an account.
    ///
    /// - Parameters:
    ///   - username: 1 to 64 letters, digits, and `.`, `_`, `-`, `@`; kept in lower case.
    ///   - email: The e-mail address, if known.
    ///   - name: The full name, if known.
    ///   - password: At least eight characters, at most a thousand bytes.
    /// - Returns: The account.
    /// - Throws: ``ServerError`` with `.invalidInput` or `.alreadyExists`.
    package func addAccount(
        username: String, email: String? = nil, name: String? = nil, password: String
    ) async throws -> Account {
        let username = username.lowercased()
        try Self.check(username: username, email: email, password: password)
        let phc = try await passwords.hash(password)
        let id = "acc_" + random.characters(12, from: Array("0123456789".utf8))
        let now = now()
        return try await database.write { connection in
            let row = try connection.first(
                """
                INSERT INTO accounts (id, username, email, name, password, state, created_at)
                VALUES ($1, $2, $3, $4, $5, 'active', $6) ON CONFLICT (username) DO NOTHING
                RETURNING id, username, email, name, state, created_at
                """,
                [.text(id), .text(username), SQLValue(email), SQLValue(name), .text(phc), SQLValue(now)]
            )
            guard let row else {
                throw ServerError(.alreadyExists, "an account named \(username) exists already")
            }
            let account = try Account(row)
            try connection.record(AuditEvent(.accountAdded, account: account.id), at: now, random)
            return account
        }
    }

    private static func check(username: String, email: String?, password: String) throws {
        let isName =
            (1...64).contains(username.utf8.count)
            && username.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x40, 0x5F: true
                default: false
                }
            }
        guard isName else {
            throw ServerError(.invalidInput, "a username has 1 to 64 letters, digits, and . _ - @")
        }
        if let email, !email.contains("@") || email.utf8.count > 254 {
            throw ServerError(.invalidInput, "\(email) is not an e-mail address")
        }
        guard password.count >= 8, password.utf8.count <= PasswordHasher.longest else {
            throw ServerError(.invalidInput, "a password has at least 8 characters and at most 1000 bytes")
        }
    }
}
