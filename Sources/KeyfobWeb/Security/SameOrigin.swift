import HTTPTypes
import Hummingbird
import KeyfobProtocol

/// Refuses forms that another site sends, before their CSRF token is even looked at.
struct SameOrigin: RouterMiddleware {
    private let origin: String

    init(_ site: Site) {
        origin = site.front.origin
    }

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // The authorization endpoint alone may be posted to from elsewhere (OpenID Connect Core section 3.1.2.1); it
        // changes nothing.
        let isForm = request.method == .post && request.uri.path != "/authorize"
        guard !isForm || isOwn(request) else {
            throw WebError(.forbidden, .invalidRequest, "the form came from another site")
        }
        return try await next(request, context)
    }

    /// Whether the browser says that the form is ours; another front of this server is another site, too.
    private func isOwn(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        // Browsers that say less still name the origin; programs and the oldest browsers name nothing.
        guard let named = request.headers[.origin] else { return true }
        return named == origin || Origin(named).map { $0 == Origin(origin) } == true
    }
}
