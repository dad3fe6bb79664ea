import FoundationEssentials
import KeyfobSQL

/// A limit on attempts at guessing something, counted in a window that begins with the first attempt.
///
/// A success does not reset a counter: otherwise an attacker's own success in between buys new guesses.
struct Throttle: Sendable {
    /// What is counted, such as `password:NAME:NETWORK`.
    let bucket: String
    /// Failures that one window has.
    let limit: Int

    /// Takes one attempt from each of some throttles before the guess is judged: of guesses that come at once, each
    /// counts.
    ///
    /// - Throws: ``ServerError`` with `.throttled` if one has none left; the transaction takes none then.
    static func take(
        _ throttles: [Throttle], window: Int, at now: Date, _ connection: any SQLConnection
    ) throws {
        for throttle in throttles {
            let row = try connection.first(
                """
                INSERT INTO throttles (bucket, attempts, resets_at) VALUES ($1, 1, $2)
                ON CONFLICT (bucket) DO UPDATE SET
                    attempts = CASE WHEN throttles.resets_at <= $3 THEN 1 ELSE throttles.attempts + 1 END,
                    resets_at = CASE WHEN throttles.resets_at <= $3 THEN $2 ELSE throttles.resets_at END
                    WHERE throttles.resets_at <= $3 OR throttles.attempts < $4
                RETURNING bucket
                """,
                [.text(throttle.bucket), SQLValue(now, plus: window), SQLValue(now), SQLValue(throttle.limit)]
            )
            if row == nil { throw try exhausted(throttle, at: now, connection) }
        }
    }

    /// Gives back what ``take(_:window:at:_:)`` took for an attempt that was no failure; earlier failures still count.
    static func giveBack(_ throttles: [Throttle], _ connection: any SQLConnection) throws {
        for throttle in throttles {
            try connection.execute(
                "UPDATE throttles SET attempts = attempts - 1 WHERE bucket = $1", [.text(throttle.bucket)]
            )
            try connection.execute(
                "DELETE FROM throttles WHERE bucket = $1 AND attempts <= 0", [.text(throttle.bucket)]
            )
        }
    }

    private static func exhausted(
        _ throttle: Throttle, at now: Date, _ connection: any SQLConnection
    ) throws -> ServerError {
        let row = try connection.first(
            "SELECT resets_at FROM throttles WHERE bucket = $1", [.text(throttle.bucket)]
        )
        let wait = try row?.date("resets_at").timeIntervalSince(now) ?? 1
        return ServerError(.throttled(seconds: max(1, Int(wait.rounded(.up)))), "too many attempts")
    }
}
