import KeyfobTerminal

/// The `{name}` parts of a text, and `{name|other}`, where `other` stands for a value that is missing.
enum Placeholders {
    /// A text with its placeholders filled, in one pass: a value that looks like a placeholder stays a value.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - values: What stands for which name; made harmless for a terminal here.
    /// - Returns: `nil` if a placeholder has no value, and nothing that stands for one.
    static func fill(_ text: String, with values: [String: String]) -> String? {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            result += rest[..<start]
            let inner = rest[rest.index(after: start)...]
            let name = inner.prefix { ("a"..."z").contains($0) || $0 == "_" }
            let other = inner[name.endIndex...].first == "|" ? inner[name.endIndex...].prefix { $0 != "}" } : ""
            guard !name.isEmpty, inner[name.endIndex...].dropFirst(other.count).first == "}" else {
                result += "{"
                rest = inner
                continue
            }
            guard let value = values[String(name)] ?? (other.isEmpty ? nil : String(other.dropFirst())) else {
                return nil
            }
            // A value with a line feed could pretend to be another line of the screen.
            result += Terminal.harmless(value).split(whereSeparator: \.isNewline).joined(separator: " ")
            rest = inner[name.endIndex...].dropFirst(other.count + 1)
        }
        return result + rest
    }
}
