import Hummingbird
import Logging

/// One line of log for each request: never a query, a header or a body, since secrets travel in those.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(context.endpointPath ?? "unknown")",
                "status": "\(response.status.code)",
            ]
        )
        return response
    }
}
