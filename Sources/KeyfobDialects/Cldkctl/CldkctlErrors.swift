import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Says what went wrong as `error` and `message`, the status being what decides.
struct CldkctlErrors: RouterMiddleware {
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
            let code = webError.code?.rawValue ?? (webError.status == .notFound ? "not_found" : "unauthorized")
            return try .json(
                Failure(error: code, message: webError.description), status: webError.status, headers: headers)
        }
    }

    private struct Failure: Encodable {
        let error: String
        let message: String
    }
}

extension Response {
    /// A reply in the vendor's envelope.
    static func data(_ value: some Encodable) throws -> Response {
        try .json(["data": value])
    }
}
