/// How a text looks on a terminal.
public enum Style: Sendable, Hashable {
    /// Heavy.
    case bold
    /// Faint.
    case dim
    /// Green, of the terminal's own palette.
    case green
    /// Red, of the terminal's own palette.
    case red
    /// Yellow, of the terminal's own palette.
    case yellow
    /// Cyan, of the terminal's own palette.
    case cyan
    /// Blue, of the terminal's own palette.
    case blue
    /// A colour by its parts, for terminals of 24 bits.
    case rgb(red: UInt8, green: UInt8, blue: UInt8)

    // ECMA-48, section 8.3.117 (SGR); colours of 24 bits by ISO 8613-6.
    fileprivate var parameters: String {
        switch self {
        case .bold: "1"
        case .dim: "2"
        case .red: "31"
        case .green: "32"
        case .yellow: "33"
        case .blue: "34"
        case .cyan: "36"
        case .rgb(let red, let green, let blue): "38;2;\(red);\(green);\(blue)"
        }
    }
}

extension Terminal {
    /// Returns a text with styles for a stream, or the text itself where colour is not wanted.
    ///
    /// - Parameters:
    ///   - text: What to show.
    ///   - styles: How; none returns the text itself.
    ///   - stream: Where the text will be written; standard output by default.
    /// - Returns: The text, ready to be written.
    public func styled(_ text: String, _ styles: Style..., on stream: Stream = .output) -> String {
        guard !styles.isEmpty, !text.isEmpty, usesColor(on: stream) else { return text }
        return "\u{1B}[\(styles.map(\.parameters).joined(separator: ";"))m\(text)\u{1B}[0m"
    }

    /// Returns a text that came from elsewhere (a server, a file) without what could command the terminal.
    ///
    /// Control characters and those that reverse the direction of text become `�`; line feeds and tabs stay.
    public static func harmless(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(isCommand(scalar) ? "\u{FFFD}" : scalar)
        }
        return result
    }

    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t": false
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": true
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: false
        }
    }
}
