import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// Deletes what nobody can use any more, a small batch per table, so that no writer waits for long.
    ///
    /// Decided and redeemed requests stay for a while after their life, so that late polls and replays are recognised.
    ///
    /// - Parameter batch: The most rows of one table.
    /// - Returns: The number of rows deleted; fewer than `batch` per table means that nothing is left to do.
    /// - Throws: `SQLError`.
    package func cleanUp(batch: Int = 500) async throws -> Int {
        let now = now()
        let hourAgo = SQLValue(now, plus: -3600)
        let tasks: [(StaticString, SQLValue)] = [
            (
                """
                DELETE FROM device_authorizations WHERE hash IN
                    (SELECT hash FROM device_authorizations WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, hourAgo
            ),
            (
                """
                DELETE FROM authorization_codes WHERE hash IN
                    (SELECT hash FROM authorization_codes WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, SQLValue(now, plus: -86_400)
            ),
            (
                """
                DELETE FROM browser_sessions WHERE hash IN
                    (SELECT hash FROM browser_sessions WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, SQLValue(now)
            ),
            (
                """
                DELETE FROM access_tokens WHERE hash IN
                    (SELECT hash FROM access_tokens WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, SQLValue(now)
            ),
            (
                """
                DELETE FROM revoked_tokens WHERE id IN
                    (SELECT id FROM revoked_tokens WHERE expires_at <= $1 LIMIT $2) RETURNING id
                """, SQLValue(now)
            ),
            (
                """
                DELETE FROM replies WHERE presented_hash IN
                    (SELECT presented_hash FROM replies WHERE expires_at <= $1 LIMIT $2) RETURNING presented_hash
                """, SQLValue(now)
            ),
            (
                """
                DELETE FROM throttles WHERE bucket IN
                    (SELECT bucket FROM throttles WHERE resets_at <= $1 LIMIT $2) RETURNING bucket
                """, SQLValue(now)
            ),
        ]
        var deleted = 0
        for (statement, before) in tasks {
            deleted += try await database.write { connection in
                try connection.execute(statement, [before, .integer(Int64(batch))]).count
            }
        }
        return deleted
    }
}
