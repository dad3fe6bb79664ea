/// The names and values that a template is filled with.
typealias PageValues = [String: PageValue]

/// One value that a template can show.
enum PageValue: Sendable {
    /// Something for people to read, or nothing: made harmless by `HTMLText.readable`, and left out when empty.
    case text(String?)
    /// The same for names and other facts that are short unless somebody is up to something.
    case fact(String?)
    /// Something that a form or link carries back unchanged; left out when absent.
    case exact(String?)
    /// Whether a section is shown.
    case flag(Bool)
    /// Repeats a section.
    case rows([PageValues])

    /// The value as the template engine takes it; what is absent or empty is `false`, so that its section is not shown.
    var mustache: Any {
        switch self {
        case .text(let text):
            return Self.shown(text, limit: 400)
        case .fact(let text):
            return Self.shown(text, limit: 100)
        case .exact(let text):
            return text ?? false
        case .flag(let flag):
            return flag
        case .rows(let rows):
            return rows.map { $0.mapValues(\.mustache) }
        }
    }

    private static func shown(_ text: String?, limit: Int) -> Any {
        let readable = HTMLText.readable(text ?? "", limit: limit)
        return readable.isEmpty ? false : readable
    }
}
