import FoundationEssentials

/// How long a token lives, in words.
enum Lifetime {
    /// Says how much is left, or what happens now that nothing is.
    static func words(until end: Date, from now: Date, canRefresh: Bool) -> String {
        let seconds = Int(end.timeIntervalSince(now))
        if seconds > 0 { return "valid for \(amount(seconds))" }
        return canRefresh ? "expired, refreshed when it is needed" : "expired \(amount(-seconds)) ago"
    }

    private static func amount(_ seconds: Int) -> String {
        let units = [("day", 86_400), ("hour", 3600), ("minute", 60)]
        for (name, size) in units where seconds >= 2 * size || (seconds >= size && size < 3600) {
            let count = seconds / size
            return "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return "\(seconds) second\(seconds == 1 ? "" : "s")"
    }
}
