import HTTPTypes
import Hummingbird
import KeyfobProtocol

/// Refuses forms that another site sends, before their CSRF token is even looked at.
struct SameOrigin: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // The authorization endpoint alone may be posted to from elsewhere (OpenID Connect Core section 3.1.2.1); it
        // changes nothing.
        let isForm = request.method == .post && request.uri.path != "/authorize"
        if isForm, let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            throw WebError(.forbidden, .invalidRequest, "the form came from another site")
        }
        return try await next(request, context)
    }
}
