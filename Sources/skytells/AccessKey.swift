import FoundationEssentials
import KeyfobCommands

/// The access key of a project: from the environment, or as `link` stored it.
struct AccessKey {
    /// Where a key came from, in the words of the vendor's client.
    enum Source: String {
        case environment = "SKYTELLS_ACCESS_KEY env var"
        case file = "credentials file"
    }

    /// What the service says of a key.
    struct Project: Decodable, Sendable {
        let id: String
        let name: String
        let slug: String
    }

    static let variable = "SKYTELLS_ACCESS_KEY"
    static let member = ["access_key"]

    private static let shownCharacters = 12
    private static let format = TokenFormat(
        prefix: "sk_proj_", alphabet: .hexadecimal, length: 40, hasChecksum: false)

    let secret: Secret
    let source: Source

    /// The key that applies: the environment's wins over the file's, and an empty one counts as unset.
    init?(in session: Session) throws {
        if let text = session.context.environment[Self.variable], !text.isEmpty {
            (secret, source) = (Secret(text), .environment)
        } else if let text = try session.file.value(at: Self.member)?.text, !text.isEmpty {
            (secret, source) = (Secret(text), .file)
        } else {
            return nil
        }
    }

    /// A key that was typed.
    init(typed text: String) throws {
        guard Self.format.accepts(text) else {
            throw Failure(
                "malformed_access_key", "invalid access key format",
                hint: "Keys start with 'sk_proj_' and are 48 characters long. Copy the whole key.", exit: .failed)
        }
        (secret, source) = (Secret(text), .file)
    }

    /// The beginning of the key, which may be shown.
    var prefix: String { String(secret.reveal().prefix(Self.shownCharacters)) }

    /// Asks the service which project the key opens.
    func project(in session: Session) async throws -> Project {
        do {
            return try await session.send(ResourceRequest(.get, "/api/v1/cli/project"), with: secret)
        } catch let error as ClientError where error.code == .unauthorized {
            throw Failure(
                "access_key_refused", "access key is invalid",
                hint: "It contains a typo or has been revoked. Run skytells link with another one.",
                exit: .notSignedIn)
        }
    }
}
