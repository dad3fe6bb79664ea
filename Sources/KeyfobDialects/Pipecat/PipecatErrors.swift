import HTTPTypes
import Hummingbird
import KeyfobServer
import KeyfobWeb

/// Says an error as the vendor's clients read it: a text, and the status as a string.
struct PipecatErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            throw error
        } catch {
            let webError = WebError(error, challenge: .bearer)
            context.logFailure(error, webError)
            var headers: HTTPFields = [:]
            headers[.retryAfter] = webError.retryAfter.map { String($0) }
            // Every 401 names a way to authenticate (RFC 9110 section 15.5.2).
            if webError.status == .unauthorized { headers[.wwwAuthenticate] = #"Bearer realm="keyfob""# }
            return try .json(
                Failure(error: webError.description, code: String(webError.status.code)), status: webError.status,
                headers: headers
            )
        }
    }

    private struct Failure: Encodable {
        let error: String
        let code: String
    }
}
