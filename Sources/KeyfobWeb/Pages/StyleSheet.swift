/// The one style sheet of all pages, with a brand's colours in front.
///
/// It is served at `path(brand:)` as `text/css; charset=utf-8`; the path changes with the content, so it can be cached
/// for ever.
package enum StyleSheet {
    /// The style sheet as it is sent for a brand.
    package static func text(brand: Brand) -> String {
        let light = colours(accent: brand.accent)
        let dark = colours(accent: brand.accentDark)
        return ":root{\(light)}@media (prefers-color-scheme:dark){:root{\(dark)}}\n" + rules
    }

    /// The path that the style sheet is served at, as in `/assets/0123456789abcdef.css`.
    package static func path(brand: Brand) -> String {
        let digits = String(fingerprint(text(brand: brand)), radix: 16)
        return "/assets/" + String(repeating: "0", count: 16 - digits.count) + digits + ".css"
    }

    private static func colours(accent: String) -> String {
        "--accent:\(accent);--on-accent:\(Luminance(of: accent).readableText)"
    }

    /// FNV-1a of 64 bits: tells versions apart, and protects nothing.
    static func fingerprint(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
    }
}
