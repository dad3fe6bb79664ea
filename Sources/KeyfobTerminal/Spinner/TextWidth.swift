/// How many columns a text takes on a terminal.
public enum TextWidth {
    /// How many columns a text takes.
    public static func columns(of text: String) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    /// The longest beginning of a text that fits into the columns.
    static func prefix(of text: String, columns: Int) -> String {
        var used = 0
        var result = ""
        for character in text {
            used += width(of: character)
            if used > columns { break }
            result.append(character)
        }
        return result
    }

    // Two columns for what Unicode calls wide (Standard Annex 11): East Asian letters and pictures.
    private static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
