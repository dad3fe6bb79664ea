import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Says what went wrong in the vendor's words, with ours as `detail`.
struct PodstackErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
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
            if webError.status == .unauthorized {
                headers[.wwwAuthenticate] = #"Bearer realm="podstack", error="invalid_token""#
            }
            return try .json(Failure(webError), status: webError.status, headers: headers)
        }
    }

    private struct Failure: Encodable {
        let error: String
        let message: String
        let detail: String?

        init(_ error: WebError) {
            let known: (code: String, message: String)? =
                switch error.status {
                case .unauthorized: ("invalid_token", "Invalid authentication token")
                case .forbidden: ("access_denied", "Permission denied for resource")
                default: nil
                }
            self.error = error.code?.rawValue ?? known?.code ?? "not_found"
            message = known?.message ?? error.description
            detail = known.map { _ in error.description }
        }
    }
}
