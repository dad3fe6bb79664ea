import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// The form of confidential clients' secrets.
    package static let clientSecretFormat = TokenFormat(prefix: "kfs_")

    /// Registers a client.
    ///
    /// - Parameters:
    ///   - id: 1 to 128 letters, digits, and `.`, `_`, `-`.
    ///   - name: What people read on the approval page.
    ///   - isConfidential: Whether it gets a secret.
    ///   - settings: What it may do.
    /// - Returns: The client, and its secret if it has one: it can't be shown again.
    /// - Throws: ``ServerError`` with `.invalidInput` or `.alreadyExists`.
    package func addClient(
        id: String, name: String, isConfidential: Bool, settings: Client.Settings
    ) async throws -> (client: Client, secret: String?) {
        try Self.check(id: id, name: name, settings)
        let secret = isConfidential ? Self.clientSecretFormat.make(random) : nil
        guard let client = try await insertClient(id: id, name: name, secret: secret, settings) else {
            throw ServerError(.alreadyExists, "a client with the id \(id) exists already")
        }
        return (client, secret)
    }

    /// Registers a public client unless its id is taken; what the operator changed since then is left alone.
    package func ensureClient(id: String, name: String, settings: Client.Settings) async throws {
        _ = try await insertClient(id: id, name: name, secret: nil, settings)
    }

    /// Registers the public client `keyfob`, which the general command uses unless it is told another.
    package func ensureKeyfobClient() async throws {
        var settings = Client.Settings()
        settings.redirectURIs = ["127.0.0.1", "[::1]", "localhost"].map { "http://\($0)/callback" }
        settings.isVerified = true
        try await ensureClient(id: "keyfob", name: "Keyfob", settings: settings)
    }

    /// The client of that id; `nil` if there is none or the operator disabled it.
    package func client(_ id: String) async throws -> Client? {
        let client = try await database.read { try Client.find(id, $0) }
        return client?.state == .active ? client : nil
    }

    private func insertClient(
        id: String, name: String, secret: String?, _ settings: Client.Settings
    ) async throws -> Client? {
        let json = try settings.json
        let now = now()
        return try await database.write { connection in
            let row = try connection.first(
                """
                INSERT INTO clients (id, name, secret_hash, state, settings, created_at)
                VALUES ($1, $2, $3, 'active', $4, $5) ON CONFLICT (id) DO NOTHING
                RETURNING id, name, secret_hash, state, settings
                """,
                [.text(id), .text(name), SQLValue(secret.map(TokenFormat.hash)), .text(json), SQLValue(now)]
            )
            guard let row else { return nil }
            try connection.record(AuditEvent(.clientAdded, client: id), at: now, random)
            return try Client(row)
        }
    }

    private static func check(id: String, name: String, _ settings: Client.Settings) throws {
        let isIdentifier =
            (1...128).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
        guard isIdentifier else {
            throw ServerError(.invalidInput, "a client id has 1 to 128 letters, digits, and . _ -")
        }
        let isPlain = name.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
        guard (1...100).contains(name.unicodeScalars.count), isPlain else {
            throw ServerError(.invalidInput, "a client's name has 1 to 100 characters, and no invisible ones")
        }
        for text in settings.redirectURIs {
            guard let uri = RedirectURI(text), uri.isLoopback || text.hasPrefix("https://") else {
                throw ServerError(
                    .invalidInput,
                    "\(text) is not a redirect URI: use https, or http with 127.0.0.1, [::1] or localhost"
                )
            }
        }
    }
}
