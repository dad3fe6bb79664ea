import HTTPTypes
import Hummingbird

/// The style sheets, one for each brand; their names change with their text, so that browsers keep them for ever.
struct StyleRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: Router<WebContext>) {
        for brand in Set([site.brand] + site.dialects.map(\.brand)) {
            let text = StyleSheet.text(brand: brand)
            router.get(RouterPath(StyleSheet.path(brand: brand))) { _, _ in
                Response(
                    status: .ok,
                    headers: [
                        .contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=31536000, immutable",
                    ],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: text))
                )
            }
        }
    }
}
