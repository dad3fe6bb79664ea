import HTTPTypes
import Hummingbird

extension Site {
    /// A page as a reply.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - brand: How it looks; the site's own brand by default.
    ///   - status: The status; 200 by default.
    ///   - formTarget: Another origin that a form on the page may lead to, such as a client's redirect URI: browsers
    ///     hold redirects after a form against `form-action`, too.
    /// - Returns: The reply.
    func page(
        _ page: Page, brand: Brand? = nil, status: HTTPResponse.Status = .ok, formTarget: String? = nil
    ) -> Response {
        var headers: HTTPFields = [:]
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentSecurityPolicy] = SecurityHeaders.pagePolicy(formTarget: formTarget)
        let html = renderer.render(page, brand: brand ?? self.brand)
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }
}

extension Response {
    /// Sends the browser elsewhere with GET, whatever it came with.
    static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }
}
