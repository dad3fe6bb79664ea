import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// Registers a public client whose facts are kept elsewhere, or brings the one of that id up to date with them.
    ///
    /// Whether it may be used at all stays as the operator decided, and a client with a secret is left alone: it was
    /// registered by hand.
    ///
    /// - Parameters:
    ///   - id: The identifier.
    ///   - name: What people read on the approval page.
    ///   - settings: What it may do.
    /// - Throws: `SQLError`.
    package func seedClient(id: String, name: String, settings: Client.Settings) async throws {
        try await ensureClient(id: id, name: name, settings: settings)
        let json = try settings.json
        let now = now()
        try await database.write { connection in
            let changed = try connection.first(
                """
                UPDATE clients SET name = $2, settings = $3
                WHERE id = $1 AND secret_hash IS NULL AND (name <> $2 OR settings <> $3) RETURNING id
                """,
                [.text(id), .text(name), .text(json)]
            )
            guard changed != nil else { return }
            try connection.record(AuditEvent(.clientChanged, client: id), at: now, random)
        }
    }
}

extension Client.Settings {
    /// The form in which the table keeps them; the same settings give the same text.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
