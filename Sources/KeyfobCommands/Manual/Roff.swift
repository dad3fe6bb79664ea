/// A manual page's source in the language of man(7).
struct Roff {
    /// The lines so far, with a line feed at the end.
    private(set) var text = ""

    /// Begins a page of section 1.
    ///
    /// - Parameters:
    ///   - title: The page's name.
    ///   - source: What the page belongs to, at the bottom.
    init(title: String, source: String) {
        // No date: the same tool makes the same page.
        text = ".TH \"\(Self.escaped(title.uppercased()))\" 1 \"\" \"\(Self.escaped(source))\"\n.ad l\n"
    }

    /// Begins a section.
    mutating func section(_ title: String) {
        text += ".SH \"\(Self.escaped(title))\"\n"
    }

    /// Begins a part of a section.
    mutating func part(_ title: String) {
        text += ".SS \"\(Self.escaped(title))\"\n"
    }

    /// Adds text, laid out as it was written: each line is its own, and indented ones are neither filled nor wrapped.
    mutating func paragraph(_ words: String) {
        text += ".PP\n"
        for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                text += ".PP\n"
            } else if line.hasPrefix(" ") {
                text += ".nf\n" + Self.line(line) + ".fi\n"
            } else {
                if !text.hasSuffix(".PP\n") { text += ".br\n" }
                text += Self.line(line)
            }
        }
    }

    /// Adds a line of words, of which some are bold.
    mutating func line(_ words: [Word]) {
        text += Self.line(words)
    }

    /// Adds a name and, indented below it, what it means.
    mutating func entry(_ name: [Word], _ meaning: String) {
        text += ".TP\n" + Self.line(name) + Self.line(meaning.isEmpty ? "\\&" : Self.escaped(meaning), isEscaped: true)
    }

    /// A word and how it looks.
    enum Word {
        /// To be typed as it is.
        case bold(String)
        /// To be replaced by something.
        case italic(String)
        /// Anything else.
        case plain(String)
    }

    private static func line(_ words: [Word]) -> String {
        let parts = words.map { word in
            switch word {
            case .bold(let text): "\\fB\(escaped(text))\\fR"
            case .italic(let text): "\\fI\(escaped(text))\\fR"
            case .plain(let text): escaped(text)
            }
        }
        return line(parts.joined(), isEscaped: true)
    }

    private static func line(_ text: some StringProtocol, isEscaped: Bool = false) -> String {
        let escaped = isEscaped ? String(text) : escaped(text)
        // At the beginning of a line, these would make it a request.
        let isRequest = escaped.hasPrefix(".") || escaped.hasPrefix("'")
        return (isRequest ? "\\&" : "") + escaped + "\n"
    }

    private static func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
