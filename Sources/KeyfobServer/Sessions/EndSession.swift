import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// Why a session ended.
enum SessionEnd: String {
    case revoked
    case refreshReplayed = "refresh-replayed"
    case codeReplayed = "code-replayed"
}

extension SQLConnection {
    /// Ends a session and with it every token that belongs to it; does nothing if it ended before.
    func endSession(_ id: String, because reason: SessionEnd, at now: Date, _ random: RandomBytes) throws {
        let row = try first(
            """
            UPDATE sessions SET state = 'ended', ended_at = $2, ended_because = $3, refresh_hash = NULL,
                previous_hash = NULL
            WHERE id = $1 AND state = 'active' RETURNING account_id, client_id
            """,
            [.text(id), SQLValue(now), .text(reason.rawValue)]
        )
        guard let row else { return }
        try execute("DELETE FROM access_tokens WHERE session_id = $1", [.text(id)])
        try execute("DELETE FROM replies WHERE session_id = $1", [.text(id)])
        let event = AuditEvent(
            .sessionEnded, account: try row.text("account_id"), client: try row.text("client_id"), session: id,
            detail: reason.rawValue
        )
        try record(event, at: now, random)
    }
}
