import FoundationEssentials
import KeyfobSQL

extension AuthorizationServer {
    /// One table's rows that nobody can use any more: those whose time is at or before `$1`, at most `$2` of them.
    private struct Sweep: Sendable {
        let statement: StaticString
        /// For how many seconds a row is kept after its time, so that late polls and replays are still recognised.
        let keeps: Int
    }

    private static let sweeps: [Sweep] = [
        Sweep(
            statement: """
                DELETE FROM device_authorizations WHERE hash IN
                    (SELECT hash FROM device_authorizations WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 3600),
        Sweep(
            statement: """
                DELETE FROM browser_requests WHERE hash IN
                    (SELECT hash FROM browser_requests WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 3600),
        Sweep(
            statement: """
                DELETE FROM authorization_codes WHERE hash IN
                    (SELECT hash FROM authorization_codes WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 86_400),
        Sweep(
            statement: """
                DELETE FROM sessions WHERE id IN
                    (SELECT id FROM sessions WHERE ended_at <= $1 LIMIT $2) RETURNING id
                """, keeps: 30 * 86_400),
        Sweep(
            statement: """
                DELETE FROM sessions WHERE id IN
                    (SELECT s.id FROM sessions s WHERE s.refresh_expires_at <= $1
                        AND NOT EXISTS (SELECT 1 FROM access_tokens t WHERE t.session_id = s.id) LIMIT $2) RETURNING id
                """, keeps: 86_400),
        Sweep(
            statement: """
                DELETE FROM sessions WHERE id IN
                    (SELECT s.id FROM sessions s JOIN personal_tokens p ON p.id = s.personal_token_id
                        WHERE p.expires_at <= $1 AND s.state = 'active' LIMIT $2) RETURNING id
                """, keeps: 86_400),
        Sweep(
            statement: """
                DELETE FROM personal_tokens WHERE id IN
                    (SELECT p.id FROM personal_tokens p WHERE p.expires_at <= $1 AND NOT EXISTS
                        (SELECT 1 FROM sessions s WHERE s.personal_token_id = p.id AND s.state = 'active') LIMIT $2)
                    RETURNING id
                """, keeps: 90 * 86_400),
        Sweep(
            statement: """
                DELETE FROM personal_tokens WHERE id IN
                    (SELECT id FROM personal_tokens WHERE revoked_at <= $1 LIMIT $2) RETURNING id
                """, keeps: 90 * 86_400),
        Sweep(
            statement: """
                DELETE FROM unseen_secrets WHERE token_id IN
                    (SELECT token_id FROM unseen_secrets WHERE expires_at <= $1 LIMIT $2) RETURNING token_id
                """, keeps: 0),
        Sweep(
            statement: """
                DELETE FROM browser_sessions WHERE hash IN
                    (SELECT hash FROM browser_sessions WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 0),
        Sweep(
            statement: """
                DELETE FROM access_tokens WHERE hash IN
                    (SELECT hash FROM access_tokens WHERE expires_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 0),
        Sweep(
            statement: """
                DELETE FROM revoked_tokens WHERE id IN
                    (SELECT id FROM revoked_tokens WHERE expires_at <= $1 LIMIT $2) RETURNING id
                """, keeps: 0),
        Sweep(
            statement: """
                DELETE FROM replies WHERE presented_hash IN
                    (SELECT presented_hash FROM replies WHERE expires_at <= $1 LIMIT $2) RETURNING presented_hash
                """, keeps: 0),
        Sweep(
            statement: """
                DELETE FROM project_keys WHERE hash IN
                    (SELECT hash FROM project_keys WHERE revoked_at <= $1 LIMIT $2) RETURNING hash
                """, keeps: 90 * 86_400),
        Sweep(
            statement: """
                DELETE FROM organization_keys WHERE id IN
                    (SELECT id FROM organization_keys WHERE revoked_at <= $1 LIMIT $2) RETURNING id
                """, keeps: 90 * 86_400),
        Sweep(
            statement: """
                DELETE FROM throttles WHERE bucket IN
                    (SELECT bucket FROM throttles WHERE resets_at <= $1 LIMIT $2) RETURNING bucket
                """, keeps: 0),
    ]

    /// Deletes what nobody can use any more, a small batch per table, so that no writer waits for long.
    ///
    /// - Parameter batch: The most rows of one table.
    /// - Returns: The number of rows deleted; fewer than `batch` means that nothing is left to do.
    /// - Throws: `SQLError`.
    package func cleanUp(batch: Int = 500) async throws -> Int {
        let now = now()
        var deleted = 0
        for sweep in Self.sweeps {
            deleted += try await database.write { connection in
                try connection.execute(
                    sweep.statement, [SQLValue(now, plus: -sweep.keeps), .integer(Int64(batch))]
                ).count
            }
        }
        return deleted
    }
}
