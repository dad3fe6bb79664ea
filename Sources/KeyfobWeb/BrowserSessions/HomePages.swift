import Hummingbird
import KeyfobServer

/// The start page.
struct HomePages {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("/") { [site] request, _ in
            let visit = Visit(request, site)
            let visitor: HomePage.Visitor =
                if let session = try await visit.session() {
                    .signedIn(name: session.account.name ?? session.account.username, email: session.account.email)
                } else {
                    .signedOut
                }
            let page = HomePage(
                visitor: visitor, enterCodePath: "/device", signInPath: "/sign-in", signOutAction: "/sign-out",
                csrf: visit.csrf
            )
            return visit.remember(in: site.page(.home(page)))
        }
    }
}
