import FoundationEssentials

/// Base64url without padding, as every JOSE and PKCE value uses it
/// ([RFC 4648 section 5](https://www.rfc-editor.org/rfc/rfc4648#section-5)).
public enum Base64URL {
    /// Encodes bytes without padding.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let standard = Data(bytes).base64EncodedString()
        var text = ""
        text.reserveCapacity(standard.utf8.count)
        for scalar in standard.unicodeScalars {
            switch scalar {
            case "+": text.append("-")
            case "/": text.append("_")
            case "=": break
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Decodes text, or returns `nil` for padding, foreign characters or an impossible length.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var standard = ""
        standard.reserveCapacity(text.utf8.count + 3)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "-": standard.append("+")
            case "_": standard.append("/")
            case "A"..."Z", "a"..."z", "0"..."9": standard.unicodeScalars.append(scalar)
            default: return nil
            }
        }
        guard standard.utf8.count % 4 != 1 else { return nil }
        standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: standard).map([UInt8].init) else { return nil }
        // A last character with stray bits has a second spelling; only the canonical one is accepted.
        return encode(bytes) == String(text) ? bytes : nil
    }
}
