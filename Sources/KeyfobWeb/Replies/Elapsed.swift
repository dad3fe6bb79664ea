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

    private var amount: String { Self.amount(of: seconds) }

    /// A number of seconds in its largest whole unit, such as "13 minutes".
    static func amount(of seconds: Int) -> String {
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        let (size, unit) = units.first { seconds >= $0.0 } ?? (1, "second")
        let count = seconds / size
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
