import KeyfobCommands

/// A public key of an organization, as the vendor's API shows it.
struct PipecatKey: Decodable, Sendable {
    struct Metadata: Decodable, Sendable {
        let name: String
    }

    let id: String
    let key: String
    let createdAt: String
    let revoked: Bool
    let metadata: Metadata

    private struct Reply: Decodable, Sendable {
        let `public`: [PipecatKey]
    }

    /// The keys of an organization, revoked ones too.
    ///
    /// - Parameters:
    ///   - organization: The organization's ID.
    ///   - session: The session.
    /// - Returns: The keys; none is no error.
    /// - Throws: ``Failure`` for an organization that is not there, and what a request throws.
    static func all(of organization: String, in session: Session) async throws -> [PipecatKey] {
        let reply: Reply = try await naming(organization) {
            try await session.get(PipecatPaths.keys(of: organization))
        }
        return reply.public
    }

    /// One key that is named by its id, its name or itself, or chosen at the terminal.
    ///
    /// - Parameters:
    ///   - word: What names it; `nil` asks.
    ///   - verb: What is going to happen to it.
    ///   - organization: The organization's ID.
    ///   - session: The session.
    /// - Returns: The key, which is not revoked.
    /// - Throws: ``Failure`` where there is none, or several.
    static func one(
        _ word: String?, to verb: String, of organization: String, in session: Session
    ) async throws -> PipecatKey {
        let keys = try await all(of: organization, in: session).filter { !$0.revoked }
        guard !keys.isEmpty else {
            throw Failure(
                "no_keys", "No active API keys found.",
                hint: "Create one with pipecat cloud organizations keys create.", exit: .failed)
        }
        guard let word else {
            let menu = Menu(question: "Select API key to \(verb)", instead: "the key's name")
            return keys[try await menu.ask(keys.map { "\($0.metadata.name)  \($0.key)" }, in: session)]
        }
        let named = keys.filter { [$0.id, $0.key, $0.metadata.name].contains(word) }
        guard named.count == 1, let key = named.first else {
            let message = named.isEmpty ? "No active API key is called '\(word)'." : "Several keys are called that."
            throw Failure(
                "unknown_key", message,
                hint: "Run pipecat cloud organizations keys list; the key itself names it, too.", exit: .failed)
        }
        return key
    }

    /// Says which organization is not there where the service only says that something is not.
    static func naming<Reply>(_ organization: String, _ body: () async throws -> Reply) async throws -> Reply {
        do {
            return try await body()
        } catch let error as ClientError where error.code == .notFound {
            throw PipecatOrganization.unknown(organization)
        }
    }

    /// The key in an answer for programs.
    var report: JSONReport {
        var name = JSONReport()
        name.add("name", metadata.name)
        var report = JSONReport()
        report.add("id", id)
        report.add("key", key)
        report.add("createdAt", createdAt)
        report.add("revoked", revoked)
        report.add("metadata", name)
        return report
    }
}
