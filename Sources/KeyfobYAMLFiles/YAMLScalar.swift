import KeyfobCredentialFiles
import Yams

/// What a single value of YAML means (YAML 1.2, section 10.3.2, and timestamps).
enum YAMLScalar {
    private static let prefix = "tag:yaml.org,2002:"

    static func value(_ scalar: Node.Scalar) -> DocumentValue {
        let tag = scalar.tag.rawValue
        let isQuoted = scalar.style != .plain
        if tag.isEmpty { return isQuoted ? .string(scalar.string) : plain(scalar.string) }
        switch tag {
        case prefix + "int", prefix + "float", prefix + "bool", prefix + "null", prefix + "timestamp":
            return plain(scalar.string)
        default:
            return .string(scalar.string)
        }
    }

    /// What a word means that stands without quotes.
    static func plain(_ text: String) -> DocumentValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default:
            if isNumber(text) {
                .number(text)
            } else if Timestamp.time(text) != nil {
                .date(text)
            } else {
                .string(text)
            }
        }
    }

    /// Whether a string may stand without quotes: any reader of YAML 1.1 or 1.2 must take it for that string.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        guard isLetter(first) || isDigit(first) || first == UInt8(ascii: "/"), last != UInt8(ascii: ":") else {
            return false
        }
        guard text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "/.@+-:".utf8.contains($0) }) else { return false }
        // Numbers, times and dates of any age: `0x1F`, `1_000`, `1e5`, `12:30:45`.
        if isDigit(first), text.utf8.allSatisfy({ isDigit($0) || "_:.xXoOabcdefABCDEF+-TZtz".utf8.contains($0) }) {
            return false
        }
        let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        return !words.contains(text.lowercased())
    }

    // Integers, octal and hexadecimal ones, fractions with exponents, infinities and what is not a number.
    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.starts(with: "0x".utf8) {
            return isAll(rest.dropFirst(2)) { isDigit($0) || (65...70).contains($0 & 0xDF) }
        }
        if rest.starts(with: "0o".utf8) { return isAll(rest.dropFirst(2)) { (48...55).contains($0) } }
        if [".nan", ".NaN", ".NAN"].contains(text) { return true }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if [".inf", ".Inf", ".INF"].contains(String(rest)) { return true }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
        rest.removeFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        return isAll(rest, isDigit)
    }

    private static func isAll(_ bytes: Substring.UTF8View, _ matches: (UInt8) -> Bool) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(matches)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
