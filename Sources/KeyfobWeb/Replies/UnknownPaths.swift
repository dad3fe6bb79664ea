import HTTPTypes
import Hummingbird

/// Tells a person who mistyped an address so, on a page; programs get the bare status.
struct UnknownPaths: RouterMiddleware {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && request.wantsPage {
            let page = ProblemPage(
                title: "There is nothing here", happened: "This address leads nowhere.",
                nextStep: "Compare it with the one that your terminal shows.",
                link: PageLink(label: "Enter a code", path: "/device")
            )
            return site.page(.problem(page), status: .notFound)
        }
    }
}

extension Request {
    /// Whether a browser asks for a page.
    fileprivate var wantsPage: Bool {
        method == .get && headers[.accept]?.contains("text/html") == true
    }
}
