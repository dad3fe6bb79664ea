import FoundationEssentials
import KeyfobServer

/// When a token shall expire, as a request says it: by its last day, or by a number of days.
struct CldkctlExpiry {
    /// The end; `nil` for never.
    let date: Date?

    /// What a request can say.
    struct Fields: Decodable {
        /// The number of days from now; 0 is never.
        let days: Int?
        /// The last day, as `31/12/2026`; empty is never, and it wins over the number, being exact.
        let day: String?

        private enum CodingKeys: String, CodingKey {
            case days = "expiration_days"
            case day = "expired"
        }
    }

    /// Reads what a request says; `nil` where it says nothing.
    ///
    /// - Throws: ``ServerError`` with `.invalidInput` for what is no day.
    init?(request fields: Fields, at now: Date) throws {
        switch (fields.day, fields.days) {
        case (""?, _), (nil, 0?): date = nil
        case (let text?, _):
            guard let day = Self.end(of: text) else {
                throw ServerError(.invalidInput, "give the last day as DAY/MONTH/YEAR, such as 31/12/2026")
            }
            date = day
        case (nil, let days?):
            // No life is that long: the domain refuses it, and nothing overflows on the way.
            guard (1...100_000).contains(days) else {
                throw ServerError(.invalidInput, "give a number of days, or 0 for a token that never expires")
            }
            date = now.addingTimeInterval(Double(days) * 86_400)
        case (nil, nil): return nil
        }
    }

    /// The end of a day in UTC, written as `31/12/2026`; `nil` for days that the calendar lacks.
    private static func end(of text: String) -> Date? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2, 4] else { return nil }
        let day = "\(parts[2])-\(parts[1])-\(parts[0])"
        guard let start = try? Date(day + "T00:00:00Z", strategy: .iso8601),
            // The parser takes 30 February for a day in March.
            start.formatted(.iso8601.year().month().day()) == day
        else { return nil }
        return start.addingTimeInterval(86_400)
    }
}
