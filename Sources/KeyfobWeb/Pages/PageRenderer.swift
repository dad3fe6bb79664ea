import Mustache

/// Makes HTML of pages.
///
/// The templates are parsed once; a renderer is a value that any number of requests can share.
package struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// Parses the embedded templates.
    ///
    /// - Throws: the template parser's error when a template is malformed, which only a defect of this module can cause.
    package init() throws {
        // Escaping is ours (see `HTMLText.escape`), and it is switched on in every template, since a partial starts
        // over with the library's own.
        MustacheContentTypes.register(PageContentType(), named: PageContentType.name)
        let escaping = "{{% CONTENT_TYPE: \(PageContentType.name) }}\n"
        var library = MustacheLibrary()
        for template in PageTemplate.allCases {
            try library.register(escaping + template.source, named: template.rawValue)
        }
        self.library = library
    }

    /// The page as a complete HTML document, to be sent as `text/html; charset=utf-8`.
    ///
    /// The document has no script, no inline style and no address outside this server; its one sub-resource is the
    /// brand's style sheet at `StyleSheet.path(brand:)`.
    package func render(_ page: Page, brand: Brand) -> String {
        var values = page.values
        values["brandName"] = .fact(brand.name)
        values["brandInitial"] = .fact(brand.initial)
        values["styleSheet"] = .exact(StyleSheet.path(brand: brand))
        values["icon"] = .exact(BrandIcon.path(brand: brand))
        guard let html = library.render(values.mapValues(\.mustache), withTemplate: page.template.rawValue) else {
            // Every template is compiled in init, which throws for a broken one.
            preconditionFailure("every template of PageTemplate is registered")
        }
        return html
    }
}

/// Escapes what is put into a page, in place of the library's own escaping.
private struct PageContentType: MustacheContentType {
    static let name = "KEYFOB_PAGE"

    func escapeText(_ text: String) -> String {
        HTMLText.escape(text)
    }
}
