import FoundationEssentials
import KeyfobCommands

/// The last day of a token's life, in UTC, written as `31/12/2030`.
struct ExpiryDay {
    /// When the day begins.
    private let start: Date

    private static let length = 86_400.0

    /// The day that a moment is in.
    init(of moment: Date) {
        let days = (moment.timeIntervalSince1970 / Self.length).rounded(.down)
        start = Date(timeIntervalSince1970: days * Self.length)
    }

    /// The day that is over at a moment.
    init(before end: Date) {
        self.init(of: end.addingTimeInterval(-1))
    }

    /// Reads what was typed.
    ///
    /// - Throws: ``Failure`` of wrong usage for what is no day, or is over.
    init(typed text: String, now: Date) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isWritten = parts.map(\.utf8.count) == [2, 2, 4]
        let day = isWritten ? try? Date("\(parts[2])-\(parts[1])-\(parts[0])T00:00:00Z", strategy: .iso8601) : nil
        guard let day else { throw Self.malformed(text) }
        self.init(of: day)
        // The parser takes 30 February for a day in March.
        guard self.text == text else { throw Self.malformed(text) }
        guard start.addingTimeInterval(Self.length) > now else {
            throw Failure("usage", "\(text) is over", hint: "Give a day to come, as DD/MM/YYYY.", exit: .usage)
        }
    }

    /// The day as text.
    var text: String {
        let parts = start.formatted(.iso8601.year().month().day()).split(separator: "-")
        return parts.reversed().joined(separator: "/")
    }

    /// How many days are left, at least one: what the vendor's API counts in.
    func days(from now: Date) -> Int {
        max(1, Int(start.timeIntervalSince(ExpiryDay(of: now).start) / Self.length))
    }

    private static func malformed(_ text: String) -> Failure {
        Failure("usage", "'\(text)' is not a day", hint: "Write it as DD/MM/YYYY, such as 31/12/2030.", exit: .usage)
    }
}

/// The life that is asked for, in a request's words.
struct WishedExpiry: Encodable {
    /// The number of days, which is all that the vendor's API is known to take; 0 is never.
    private let days: Int?
    /// The last day, which is exact; empty is never.
    private let day: String?

    private enum CodingKeys: String, CodingKey {
        case days = "expiration_days"
        case day = "expired"
    }

    /// Reads the option `--expired`.
    ///
    /// - Parameters:
    ///   - text: What was typed; `never` or nothing is never, `nil` says nothing.
    ///   - now: The time.
    /// - Throws: ``Failure`` of wrong usage.
    init(typed text: String?, now: Date) throws {
        switch text {
        case nil: (days, day) = (nil, nil)
        case "", "never": (days, day) = (0, "")
        case let text?:
            let last = try ExpiryDay(typed: text, now: now)
            (days, day) = (last.days(from: now), last.text)
        }
    }
}
