#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Times as RFC 3339 writes them, read as generously as YAML and people do.
package enum Timestamp {
    /// Writes a time in UTC and whole seconds; nil outside the years 0 to 9999.
    package static func text(_ time: Date) -> String? {
        let limit = 253_402_300_799.0
        let seconds = time.timeIntervalSince1970.rounded()
        guard seconds <= limit, seconds >= -62_167_219_200 else { return nil }
        let whole = Int64(seconds)
        let (days, rest) = (whole.dividedDown(by: 86_400), whole - whole.dividedDown(by: 86_400) * 86_400)
        let (year, month, day) = civil(days)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock)Z"
    }

    /// Reads a timestamp (RFC 3339, section 5.6), or a date alone, which is its beginning; no offset means UTC.
    package static func time(_ text: String) -> Date? {
        var reader = Reader(text.utf8[...])
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
            let day = reader.digits(2), (1...12).contains(month), (1...length(month, of: year)).contains(day)
        else { return nil }
        let start = Double(days(year, month, day) * 86_400)
        if reader.rest.isEmpty { return Date(timeIntervalSince1970: start) }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.digits(2), hour < 24,
            reader.skip(":"), let minute = reader.digits(2), minute < 60, reader.skip(":"),
            // 60 is a leap second.
            let second = reader.digits(2), second <= 60
        else { return nil }
        let fraction = reader.fraction()
        guard let fraction, let offset = reader.offset(), reader.rest.isEmpty else { return nil }
        let clock = Double(hour * 3600 + minute * 60 + second - offset)
        return Date(timeIntervalSince1970: start + clock + fraction)
    }

    private struct Reader {
        var rest: Substring.UTF8View

        init(_ rest: Substring.UTF8View) {
            self.rest = rest
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func digits(_ count: Int) -> Int64? {
            let prefix = rest.prefix(count)
            guard prefix.count == count, prefix.allSatisfy({ (48...57).contains($0) }) else { return nil }
            rest.removeFirst(count)
            return prefix.reduce(0) { $0 * 10 + Int64($1 - 48) }
        }

        mutating func fraction() -> Double? {
            guard skip(".") else { return 0 }
            let digits = rest.prefix { (48...57).contains($0) }
            rest.removeFirst(digits.count)
            return digits.isEmpty ? nil : Double("0." + String(decoding: digits, as: UTF8.self))
        }

        // In seconds east of UTC.
        mutating func offset() -> Int64? {
            if rest.isEmpty || skip("Z") || skip("z") { return 0 }
            let isWest = skip("-")
            guard isWest || skip("+"), let hours = digits(2), hours < 24, skip(":"), let minutes = digits(2),
                minutes < 60
            else { return nil }
            return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func length(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // The proleptic Gregorian calendar, counted from March so that the leap day is a year's last; day 0 is 1970-01-01.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.dividedDown(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
