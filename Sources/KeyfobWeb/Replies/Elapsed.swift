import FoundationEssentials

/// A span of time as people say it.
struct Elapsed {
    private let seconds: Int

    init(from start: Date, to end: Date) {
        seconds = max(0, Int(end.timeIntervalSince(start)))
    }

    /// How long ago, such as "2 minutes ago".
    var words: String {
        seconds < 10 ? "just now" : amount + " ago"
    }

    /// How long is left, such as "Expires in 13 minutes".
    var remaining: String { "Expires in " + amount }

    private var amount: String {
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")]
        guard let (size, unit) = units.first(where: { seconds >= $0.0 }) else {
            return seconds == 1 ? "1 second" : "\(seconds) seconds"
        }
        let count = seconds / size
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
