#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The journal's lines: a heading, the three values, and an end that a torn write lacks.
enum JournalText {
    private static let heading = "keyfob refresh journal 1"
    private static let end = "end"

    static func bytes(of entry: RefreshJournal.Entry) -> [UInt8] {
        let milliseconds = Int64((entry.startedAt.timeIntervalSince1970 * 1000).rounded())
        let lines = [heading, escaped(entry.generation), escaped(entry.idempotencyKey), String(milliseconds), end]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    static func entry(in bytes: [UInt8]) -> RefreshJournal.Entry? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 6, lines[0] == heading, lines[4] == end, lines[5].isEmpty else { return nil }
        guard let milliseconds = Int64(lines[3]) else { return nil }
        return RefreshJournal.Entry(
            generation: unescaped(lines[1]),
            idempotencyKey: unescaped(lines[2]),
            startedAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        )
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ value: Substring) -> String {
        var result = ""
        var isEscape = false
        for scalar in value.unicodeScalars {
            if isEscape {
                result.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
