import FoundationEssentials
import KeyfobCredentialFiles
import KeyfobTerminal

/// An object of `--json`, its members in a fixed order.
struct JSONReport {
    private var object = JSONObject()

    mutating func add(_ name: String, _ text: String?) {
        object[name] = text.map { .string($0) } ?? .null
    }

    mutating func add(_ name: String, _ flag: Bool) {
        object[name] = .bool(flag)
    }

    mutating func add(_ name: String, _ names: [String]) {
        object[name] = .array(names.map { .string($0) })
    }

    mutating func add(_ name: String, _ report: JSONReport) {
        object[name] = .object(report.object)
    }

    mutating func add(_ name: String, _ reports: [JSONReport]) {
        object[name] = .array(reports.map { .object($0.object) })
    }

    /// A time as in RFC 3339, in UTC, to the second.
    mutating func add(_ name: String, _ time: Date?) {
        add(name, time.map { $0.formatted(.iso8601) })
    }

    /// The object as text, with a line feed at the end.
    var text: String { JSONDocument(object).text() }

    /// The object for an error.
    static func error(_ failure: Failure) -> JSONReport {
        var inner = JSONReport()
        inner.add("code", failure.code)
        inner.add("message", failure.message)
        inner.add("hint", failure.hint)
        var report = JSONReport()
        report.add("error", inner)
        return report
    }
}
