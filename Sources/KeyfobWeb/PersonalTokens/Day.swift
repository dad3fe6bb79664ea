import FoundationEssentials

/// A day of the calendar in UTC, as `2026-11-05`.
struct Day: Hashable {
    /// When it begins.
    let start: Date

    /// The day that a moment is in.
    init(of moment: Date) {
        let seconds = (moment.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        start = Date(timeIntervalSince1970: seconds)
    }

    /// Reads `2026-11-05`; `nil` for text of another form and for days that the calendar lacks.
    init?(_ text: String) {
        guard text.utf8.count == 10, let moment = try? Date(text + "T00:00:00Z", strategy: .iso8601) else { return nil }
        self.init(of: moment)
        // The parser takes 30 February for a day in March.
        guard self.text == text else { return nil }
    }

    /// The day as text.
    var text: String { start.formatted(.iso8601.year().month().day()) }

    /// When it is over.
    var end: Date { start.addingTimeInterval(86_400) }
}
