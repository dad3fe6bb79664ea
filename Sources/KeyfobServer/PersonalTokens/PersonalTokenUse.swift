import FoundationEssentials
import KeyfobSQL

/// A personal token that was used just now, and when it was said to be used before.
struct PersonalTokenUse: Sendable {
    /// For how many seconds a use is fresh: the time of the last use is written at most that often.
    static let freshness = 60.0

    let tokenID: String
    let lastUsedAt: Date?

    func isFresh(at now: Date) -> Bool {
        lastUsedAt.map { now.timeIntervalSince($0) < Self.freshness } ?? false
    }
}

extension AuthorizationServer {
    /// Writes down that a personal token was used, unless that was done within the last minute.
    func note(_ use: PersonalTokenUse?) async {
        let now = now()
        guard let use, !use.isFresh(at: now) else { return }
        // A busy or full database costs the note, never the request: the token is good all the same.
        _ = try? await database.write { connection in
            try connection.execute(
                """
                UPDATE personal_tokens SET last_used_at = $2
                WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)
                """,
                [.text(use.tokenID), SQLValue(now), SQLValue(now.addingTimeInterval(-PersonalTokenUse.freshness))]
            )
        }
    }
}
