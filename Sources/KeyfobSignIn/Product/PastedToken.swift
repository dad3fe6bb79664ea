public import KeyfobProtocol

/// The form of a kind of token.
public enum TokenForm: Sendable, Hashable {
    /// Exactly this format.
    case format(TokenFormat)
    /// Begins with a prefix, and has at least this many characters behind it.
    case prefix(String, atLeast: Int)
    /// Any visible characters.
    case any

    /// Whether text has this form.
    public func accepts(_ text: String) -> Bool {
        // Tokens go into header fields (RFC 6750 section 2.1): visible ASCII only.
        guard (1...8_192).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return false }
        switch self {
        case .format(let format): return format.accepts(text)
        case .prefix(let prefix, let count):
            return text.utf8.starts(with: prefix.utf8) && text.utf8.count >= prefix.utf8.count + count
        case .any: return true
        }
    }
}

/// A token that a person makes elsewhere and pastes.
public struct PastedToken: Sendable, Hashable {
    /// The forms that are taken.
    public let forms: [TokenForm]
    /// The page on which such a token is made.
    public let pageURL: String?

    /// Describes a token.
    public init(forms: [TokenForm], pageURL: String? = nil) {
        self.forms = forms
        self.pageURL = pageURL
    }

    /// The token in pasted text, without the blanks and line ends around it.
    ///
    /// - Returns: `nil` for text that has none of the forms.
    public func token(in text: String) -> String? {
        guard let token = Product.value(text), forms.contains(where: { $0.accepts(token) }) else { return nil }
        return token
    }
}
