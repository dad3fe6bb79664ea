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
        Fingerprint.path(of: text(brand: brand), suffix: "css")
    }

    private static func colours(accent: String) -> String {
        "--accent:\(accent);--on-accent:\(Luminance(of: accent).readableText)"
    }
}
