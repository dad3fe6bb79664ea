/// Makes strings from anyone fit to stand in a page.
enum HTMLText {
    /// Replaces the characters that mean something in HTML by references, in text and in quoted attributes.
    ///
    /// It works on Unicode scalars. An escape that goes by Swift's `Character` misses a `<` or `"` that shares its
    /// grapheme cluster with a prefix such as U+0600 or a combining mark, while a browser still sees it.
    static func escape(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text as a person can read it on one line, without what would disturb the text around it.
    ///
    /// White space becomes single spaces; control, direction and invisible format characters are dropped, except the
    /// joiners that scripts and emoji need; a run of combining marks ends after four; what is longer than
    /// `limit` scalars ends with an ellipsis.
    static func readable(_ text: String, limit: Int = 400) -> String {
        var shown = String.UnicodeScalarView()
        var count = 0
        var marks = 0
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            guard let kept = keep(scalar, marks: &marks) else { continue }
            guard kept != " " else {
                pendingSpace = count > 0
                continue
            }
            guard count < limit else {
                shown.append("…")
                break
            }
            if pendingSpace {
                shown.append(" ")
                count += 1
                pendingSpace = false
            }
            shown.append(kept)
            count += 1
        }
        return String(shown)
    }

    private static func keep(_ scalar: Unicode.Scalar, marks: inout Int) -> Unicode.Scalar? {
        if scalar.properties.isWhitespace { return " " }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            marks += 1
            return marks <= 4 ? scalar : nil
        case .format where scalar == "\u{200C}" || scalar == "\u{200D}":
            return scalar
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return nil
        default:
            marks = 0
            return scalar
        }
    }
}
