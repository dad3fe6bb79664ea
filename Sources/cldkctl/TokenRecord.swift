import FoundationEssentials
import KeyfobCommands

/// A long-lived token, as the service tells of one.
///
/// Only the identifier and the name are certain to be there: what else the vendor says is not documented.
struct TokenRecord: Decodable, Sendable {
    let id: String
    let name: String
    let prefix: String?
    let status: String?
    let createdAt: Date?
    let expiredAt: Date?
    let lastUsedAt: Date?
    /// The token itself, right after it was made.
    let token: String?

    private enum CodingKeys: String, CodingKey {
        case id, name, prefix, status, token
        case createdAt = "created_at"
        case expiredAt = "expired_at"
        case lastUsedAt = "last_used_at"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? {
            try container.decodeIfPresent(ReplyValue.self, forKey: key)?.text
        }
        func time(_ key: CodingKeys) throws -> Date? {
            try text(key).flatMap { try? Date($0, strategy: .iso8601) }
        }
        guard let id = try text(.id) else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "no identifier")
        }
        self.id = id
        name = try text(.name) ?? ""
        prefix = try text(.prefix)
        status = try text(.status)
        token = try text(.token)
        createdAt = try time(.createdAt)
        expiredAt = try time(.expiredAt)
        lastUsedAt = try time(.lastUsedAt)
    }

    static let path: ResourcePath = "/core/cldkctl/token"

    /// All tokens of who is signed in.
    static func all(in session: Session) async throws -> [TokenRecord] {
        try await session.get(path)
    }

    /// The path of one token.
    static func path(of id: String) -> ResourcePath { "/core/cldkctl/token/\(id)" }

    /// The last day, as people write it here; `Never` without one.
    var lastDay: String { expiredAt.map { ExpiryDay(before: $0).text } ?? "Never" }

    /// Shows tokens as a table.
    static func show(_ tokens: [TokenRecord], on screen: Screen) {
        let rows = tokens.map { token in
            [
                token.id, token.name, token.prefix.map { $0 + "..." } ?? "-", token.status ?? "-", token.lastDay,
                token.lastUsedAt.map { ExpiryDay(of: $0).text } ?? "Never",
            ]
        }
        screen.table(["ID", "Token Name", "Token", "Status", "Expired date", "Last used"], rows)
    }

    /// Shows a token that was just made, with its secret.
    func showSecret(_ headline: String, on screen: Screen) {
        screen.say(headline)
        screen.rows(
            [
                ("ID:", id), ("Token Name:", name), ("Expired date:", lastDay), ("Secret API Key:", token),
            ],
            indent: 0)
        screen.say("Copy it now: it is not shown again.")
    }

    /// The token in an answer for programs.
    var report: JSONReport {
        var report = JSONReport()
        report.add("id", id)
        report.add("name", name)
        if let prefix { report.add("prefix", prefix) }
        if let status { report.add("status", status) }
        if let createdAt { report.add("created_at", createdAt) }
        report.add("expires_at", expiredAt)
        report.add("last_used_at", lastUsedAt)
        if let token { report.add("token", token) }
        return report
    }

    /// Says what was done wrong where the service knows no such token.
    static func naming<Result>(_ id: String, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ClientError where error.code == .notFound {
            throw Failure(
                "not_found", "there is no token with the ID '\(id)'", hint: "Run 'cldkctl token list' for the IDs.",
                exit: .failed)
        }
    }
}
