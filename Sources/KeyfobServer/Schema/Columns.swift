import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

extension Date {
    /// Milliseconds since 1970, as tables hold times.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    /// Whole seconds since 1970, as tokens hold times.
    var seconds: Int { Int(timeIntervalSince1970.rounded(.down)) }

    /// Makes a date from a table's milliseconds.
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

extension SQLValue {
    /// A time, or `NULL`.
    init(_ date: Date?) {
        self.init(date?.milliseconds)
    }

    /// A time some seconds later.
    init(_ date: Date, plus seconds: Int) {
        self = .integer(date.milliseconds + Int64(seconds) * 1000)
    }
}

extension SQLRow {
    /// The time in a column.
    func date(_ column: String) throws(SQLError) -> Date {
        Date(milliseconds: try integer(column))
    }

    /// The time in a column that may be `NULL`.
    func optionalDate(_ column: String) throws(SQLError) -> Date? {
        try optionalInteger(column).map(Date.init(milliseconds:))
    }

    /// The scopes in a column.
    func scopes(_ column: String) throws -> Scopes {
        try Scopes(parsing: try text(column))
    }

    /// The state in a column that holds an enum's raw value.
    func state<State: RawRepresentable>(_ column: String, of _: State.Type) throws(SQLError) -> State
    where State.RawValue == String {
        let raw = try text(column)
        guard let state = State(rawValue: raw) else {
            throw SQLError(.decoding, "the column \(column) holds a state that this version does not know")
        }
        return state
    }
}
