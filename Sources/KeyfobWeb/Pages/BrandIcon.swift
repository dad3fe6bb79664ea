/// The picture that a browser's tab shows: a brand's initial on its colour.
package enum BrandIcon {
    /// The picture as SVG.
    package static func text(brand: Brand) -> String {
        let ink = Luminance(of: brand.accent).readableText
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
            <rect width="32" height="32" rx="8" fill="\(brand.accent)"/>\
            <text x="16" y="22.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="18" \
            font-weight="700" fill="\(ink)">\(HTMLText.escape(HTMLText.readable(brand.initial)))</text></svg>
            """
    }

    /// The path that the picture is served at; it changes with the content, so it can be cached for ever.
    package static func path(brand: Brand) -> String {
        Fingerprint.path(of: text(brand: brand), suffix: "svg")
    }
}
