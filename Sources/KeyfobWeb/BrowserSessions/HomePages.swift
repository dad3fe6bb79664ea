import Hummingbird
import KeyfobProtocol
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
                visitor: visitor, enterCodePath: site.showsCodes ? "/device" : nil, signInPath: "/sign-in",
                signOutAction: "/sign-out", csrf: visit.csrf, links: site.homeLinks
            )
            return visit.remember(in: site.page(.home(page)))
        }
    }
}

extension Site {
    /// Whether a terminal may wait for a code here: a standard one on the server's own front, on a product's only where
    /// its client uses the device flow.
    fileprivate var showsCodes: Bool {
        guard front.dialect != nil else { return true }
        return dialects.contains { $0.clients.contains { $0.settings.grants.contains(.deviceCode) } }
    }

    /// Where the start page leads to, besides what every front has.
    fileprivate var homeLinks: [PageLink] {
        let sections = dialects.compactMap { dialect in dialect.personalTokens.map { (dialect, $0) } }
        return sections.map { dialect, facts in
            let isOnly = sections.count == 1
            return PageLink(label: (isOnly ? "" : dialect.brand.name + ": ") + facts.words.title, path: facts.path)
        }
    }
}
