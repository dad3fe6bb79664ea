public import FoundationEssentials
import KeyfobCredentialFiles
import KeyfobTerminal

/// An object of `--json`, its members in a fixed order.
public struct JSONReport: Sendable {
    private var table = DocumentTable()

    /// Makes an object without members.
    public init() {}

    /// Adds a text, or null.
    public mutating func add(_ name: String, _ text: String?) {
        table[name] = text.map { .string($0) } ?? .null
    }

    /// Adds true or false.
    public mutating func add(_ name: String, _ flag: Bool) {
        table[name] = .bool(flag)
    }

    /// Adds a list of texts.
    public mutating func add(_ name: String, _ names: [String]) {
        table[name] = .list(names.map { .string($0) })
    }

    /// Adds an object.
    public mutating func add(_ name: String, _ report: JSONReport) {
        table[name] = .table(report.table)
    }

    /// Adds a list of objects.
    public mutating func add(_ name: String, _ reports: [JSONReport]) {
        table[name] = .list(reports.map { .table($0.table) })
    }

    /// Adds a time as in RFC 3339, in UTC, to the second; or null.
    public mutating func add(_ name: String, _ time: Date?) {
        add(name, time.map { $0.formatted(.iso8601) })
    }

    /// The object as text, with a line feed at the end.
    public var text: String { JSONFormat().text(of: table) }

    /// The object for an error.
    static func error(_ failure: Failure) -> JSONReport {
        var inner = JSONReport()
        inner.add("code", failure.code)
        inner.add("message", failure.message)
        let hint = [failure.hint, failure.command].compactMap { $0 }.joined(separator: ": ")
        inner.add("hint", hint.isEmpty ? nil : hint)
        var report = JSONReport()
        report.add("error", inner)
        return report
    }
}
