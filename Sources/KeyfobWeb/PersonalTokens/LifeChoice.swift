import FoundationEssentials
import KeyfobProtocol
import KeyfobServer

/// How long a token shall live, as a form says it.
struct LifeChoice {
    /// The choice, by the name that the form carries.
    let life: PersonalTokenKind.Life
    /// When a token expires that is made now; `nil` for never.
    let expiresAt: Date?

    /// Reads the fields `life` and `expires_on`.
    ///
    /// - Throws: ``ServerError`` with `.invalidInput` if neither says when.
    init(_ fields: FormFields, _ kind: PersonalTokenKind, at now: Date) throws {
        let day = fields[name: "expires_on"].flatMap { $0.isEmpty ? nil : $0 }
        guard let life = Self.life(fields[name: "life"], hasDay: day != nil, kind) else {
            throw ServerError(.invalidInput, "choose how long the token shall live")
        }
        self.life = life
        switch life {
        case .days(let days): expiresAt = now.addingTimeInterval(Double(days) * 86_400)
        case .never: expiresAt = nil
        case .date:
            guard let day = day.flatMap(Day.init) else {
                throw ServerError(.invalidInput, "give the last day as YEAR-MONTH-DAY, such as \(Day(of: now).text)")
            }
            expiresAt = day.end
        }
    }

    /// Without a list to choose from, the day alone says it, and an empty one means never.
    private static func life(
        _ name: String?, hasDay: Bool, _ kind: PersonalTokenKind
    ) -> PersonalTokenKind.Life? {
        guard kind.hasLifeList else {
            return hasDay ? .date : kind.lives.contains(.never) ? .never : nil
        }
        return kind.lives.first { $0.name == name }
    }
}

extension PersonalTokenKind {
    /// Whether the form has a list of lives; where only a day can be named, it has just that field.
    var hasLifeList: Bool {
        lives.contains { life in
            if case .days = life { true } else { false }
        }
    }

    /// Whether the form has a field for a day.
    var hasDayField: Bool { lives.contains(.date) }
}

extension PersonalTokenKind.Life {
    /// The name that the form carries.
    var name: String {
        switch self {
        case .days(let days): "\(days)"
        case .date: "date"
        case .never: "never"
        }
    }

    /// What the person reads.
    var label: String {
        switch self {
        case .days(1): "1 day"
        case .days(let days): "\(days) days"
        case .date: "On the day below"
        case .never: "Never"
        }
    }
}
