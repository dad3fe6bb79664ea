import HTTPTypes
package import Hummingbird
import KeyfobServer
import Logging

/// Turns what an endpoint throws into a JSON error; details go to the log only.
package struct EndpointErrors: RouterMiddleware {
    /// Makes the middleware.
    package init() {}

    /// Answers for what the endpoint throws; unknown paths are left to others.
    package func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            throw error
        } catch {
            let webError = WebError(error)
            context.logFailure(error, webError)
            return try .error(webError)
        }
    }
}

/// Turns what a page's route throws into a page that says what happened and what to do next.
struct PageErrors: RouterMiddleware {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            throw error
        } catch {
            let webError = WebError(error)
            context.logFailure(error, webError)
            var response = site.page(.problem(Self.page(error, webError, context.id)), status: webError.status)
            response.headers[.retryAfter] = webError.retryAfter.map { String($0) }
            return response
        }
    }

    private static func page(_ error: any Error, _ webError: WebError, _ reference: String) -> ProblemPage {
        switch (error as? ServerError)?.code {
        case .throttled(let seconds):
            return ProblemPage(
                title: "Too many attempts", happened: "There were too many attempts from here.",
                nextStep: "Wait \(Elapsed.amount(of: max(60, seconds + 59))), then try again."
            )
        case .noLongerPending:
            return ProblemPage(
                title: "This request is over",
                happened: "It was answered already, has expired, or was opened in another window.",
                nextStep: "If your terminal still waits, start the sign-in there again."
            )
        default: break
        }
        if webError.status == .internalServerError {
            return ProblemPage(
                title: "Something went wrong", happened: "The server could not finish this.",
                nextStep: "Try again. If it happens again, give the operator this reference.", reference: reference
            )
        }
        if webError.status == .serviceUnavailable {
            return ProblemPage(
                title: "Busy right now", happened: "The server has more to do than it can.",
                nextStep: "Nothing was lost. Try again in a few seconds."
            )
        }
        return ProblemPage(
            title: "This did not work", happened: webError.description.capitalizedSentence,
            nextStep: "Go back and try again, or start the sign-in in your terminal again."
        )
    }
}

extension WebContext {
    /// Writes an error to the log if it is the server's own.
    package func logFailure(_ error: any Error, _ webError: WebError) {
        guard webError.status.code >= 500 else { return }
        logger.error("request failed", metadata: ["error": "\(error)"])
    }
}

extension String {
    /// The text as a sentence: a capital letter first and a full stop last.
    var capitalizedSentence: String {
        prefix(1).uppercased() + dropFirst() + "."
    }
}
