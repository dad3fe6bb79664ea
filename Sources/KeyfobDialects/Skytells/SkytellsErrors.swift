import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Says by status what the standard says by code: 428 pending, 403 denied, 410 expired; the body is `error` and
/// `message`.
struct SkytellsErrors: RouterMiddleware {
    private static let statuses: [OAuthErrorCode: HTTPResponse.Status] = [
        .authorizationPending: HTTPResponse.Status(code: 428, reasonPhrase: "Precondition Required"),
        // The dialect has no slow_down: a client that polls too fast is told to go on waiting, and waits longer.
        .slowDown: HTTPResponse.Status(code: 428, reasonPhrase: "Precondition Required"),
        .accessDenied: .forbidden,
        .expiredToken: .gone,
    ]

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
                Failure(error: webError.code?.rawValue ?? "unauthorized", message: webError.description),
                status: webError.code.flatMap { Self.statuses[$0] } ?? webError.status, headers: headers
            )
        }
    }

    private struct Failure: Encodable {
        let error: String
        let message: String
    }
}
