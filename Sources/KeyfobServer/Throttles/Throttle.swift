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

    /// Counts a failure in each of some throttles.
    static func count(
        _ throttles: [Throttle], window: Int, at now: Date, _ connection: any SQLConnection
    ) throws {
        for throttle in throttles {
            try connection.execute(
                """
                INSERT INTO throttles (bucket, attempts, resets_at) VALUES ($1, 1, $2)
                ON CONFLICT (bucket) DO UPDATE SET
                    attempts = CASE WHEN throttles.resets_at <= $3 THEN 1 ELSE throttles.attempts + 1 END,
                    resets_at = CASE WHEN throttles.resets_at <= $3 THEN $2 ELSE throttles.resets_at END
                """,
                [.text(throttle.bucket), SQLValue(now, plus: window), SQLValue(now)]
            )
        }
    }

    /// Refuses when one of some throttles has had all its failures.
    ///
    /// - Throws: ``ServerError`` with `.throttled`.
    static func check(_ throttles: [Throttle], at now: Date, _ connection: any SQLConnection) throws {
        for throttle in throttles {
            let row = try connection.first(
                "SELECT attempts, resets_at FROM throttles WHERE bucket = $1 AND resets_at > $2",
                [.text(throttle.bucket), SQLValue(now)]
            )
            guard let row, try row.integer("attempts") >= throttle.limit else { continue }
            let seconds = max(1, Int(try row.date("resets_at").timeIntervalSince(now).rounded(.up)))
            throw ServerError(.throttled(seconds: seconds), "too many attempts")
        }
    }
}
