import HTTPTypes
import Hummingbird

/// Headers that every reply has.
struct SecurityHeaders: RouterMiddleware {
    private let headers: HTTPFields

    init(isSecure: Bool) {
        var headers: HTTPFields = [
            .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
            // Not no-referrer: with that, browsers send forms with "Origin: null" and none could be told from foreign.
            .referrerPolicy: "same-origin",
            .xFrameOptions: "DENY",
            .crossOriginOpenerPolicy: "same-origin",
            .crossOriginResourcePolicy: "same-origin",
            .permissionsPolicy: "camera=(), geolocation=(), microphone=(), payment=()",
        ]
        if isSecure {
            headers[.strictTransportSecurity] = "max-age=31536000"
        }
        self.headers = headers
    }

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError {
            response = try error.response(from: request, context: context)
        }
        for field in headers where response.headers[field.name] == nil {
            response.headers.append(field)
        }
        return response
    }

    /// What a page may load and where its forms may lead.
    static func pagePolicy(formTarget: String?) -> String {
        let target = formTarget.map { " " + $0 } ?? ""
        return "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'\(target); "
            + "frame-ancestors 'none'; base-uri 'none'"
    }
}
