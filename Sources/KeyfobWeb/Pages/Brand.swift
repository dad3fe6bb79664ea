/// Whose pages these are: the name that people see and the colour of what they press.
package struct Brand: Sendable, Hashable {
    /// The service's name, as in "Sign in to Keyfob".
    package let name: String
    /// The colour of primary buttons on light pages, as `#rrggbb`.
    package let accent: String
    /// The same on dark pages, as `#rrggbb`.
    package let accentDark: String

    /// Describes a brand.
    ///
    /// The text on the accent is black or white, whichever can be read better; links and focus rings do not depend on
    /// the accent, so any colour gives readable pages.
    ///
    /// - Parameters:
    ///   - name: the service's name; not empty.
    ///   - accent: `#` and six lower-case hexadecimal digits.
    ///   - accentDark: the same for dark pages; `accent` when left out.
    /// - Throws: `BrandError` when the name is empty or a colour is written otherwise, since a colour becomes part of
    ///   the style sheet.
    package init(name: String, accent: String, accentDark: String? = nil) throws(BrandError) {
        guard !HTMLText.readable(name).isEmpty else { throw .emptyName }
        for colour in [accent, accentDark ?? accent] where !Self.isColour(colour) {
            throw .malformedColour(colour)
        }
        self.name = name
        self.accent = accent
        self.accentDark = accentDark ?? accent
    }

    private init(checkedName name: String, accent: String, accentDark: String) {
        self.name = name
        self.accent = accent
        self.accentDark = accentDark
    }

    /// The brand that a server has until its operator names another.
    package static let keyfob = Brand(checkedName: "Keyfob", accent: "#2f5bd7", accentDark: "#8fb0ff")

    /// The first letter of the name, which stands in for a logo.
    var initial: String {
        HTMLText.readable(name).first.map { $0.uppercased() } ?? ""
    }

    private static func isColour(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
            && bytes.dropFirst().allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}

/// Why a brand was refused.
package enum BrandError: Error, Equatable {
    /// The name has nothing that can be shown.
    case emptyName
    /// A colour is not `#` and six lower-case hexadecimal digits; carries what was given.
    case malformedColour(String)
}
