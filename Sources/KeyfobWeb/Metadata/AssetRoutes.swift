import HTTPTypes
import Hummingbird

/// Style sheets and icons, one of each for every brand: a client's pages may wear another than the front's.
///
/// Their names change with their contents, so that browsers keep them for ever.
struct AssetRoutes {
    private static let forEver = "public, max-age=31536000, immutable"

    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: Router<WebContext>) {
        for brand in Set([site.brand] + site.everyDialect.map(\.brand)) {
            serve(StyleSheet.text(brand: brand), at: StyleSheet.path(brand: brand), "text/css; charset=utf-8", router)
            serve(BrandIcon.text(brand: brand), at: BrandIcon.path(brand: brand), "image/svg+xml", router)
        }
        // What browsers ask for when a reply that is no page names none.
        serve(BrandIcon.text(brand: site.brand), at: "/favicon.ico", "image/svg+xml", router)
    }

    private func serve(_ text: String, at path: String, _ type: String, _ router: Router<WebContext>) {
        let cache = path.hasPrefix("/assets/") ? Self.forEver : "public, max-age=86400"
        router.get(RouterPath(path)) { _, _ in
            Response(
                status: .ok, headers: [.contentType: type, .cacheControl: cache],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        }
    }
}
