import Hummingbird
import KeyfobServer

extension Dialect {
    /// Paths of its pages that ask for a sign-in, and come back to it afterwards.
    var signedInPaths: [String] {
        requestPages.flatMap { [$0.path, $0.approvePath] } + (personalTokens?.returnPaths ?? [])
    }

    /// Adds all of its routes and pages to those of a front.
    func add(to router: Router<WebContext>, _ site: Site) {
        addRoutes(router.group(), site)
        let pages = router.group().add(middleware: PageErrors(site)).add(middleware: SameOrigin(site))
        for facts in requestPages {
            BrowserRequestPages(site, facts).add(to: pages)
        }
        PersonalTokenPages(site, self)?.add(to: pages)
    }
}

extension Site {
    /// Refuses dialects that claim the same path on this front, or one that is the server's own.
    ///
    /// - Throws: ``FrontError/sharedPath(_:origin:dialects:)``.
    func checkPaths() throws(FrontError) {
        var claimed: [String: String] = [:]
        func claim(_ router: Router<WebContext>, by owner: String) throws(FrontError) {
            for route in router.routes {
                // What a segment is captured as makes no difference to the router.
                let path = "\(route.path)".replacing(#/\{[^}]*\}/#, with: "{}")
                if let other = claimed.updateValue(owner, forKey: "\(route.method.rawValue) \(path)") {
                    throw .sharedPath("\(route.path)", origin: front.origin, dialects: [other, owner])
                }
            }
        }
        let standard = Router(context: WebContext.self)
        addStandardRoutes(to: standard, self)
        try claim(standard, by: "the server")
        for dialect in dialects {
            let routes = Router(context: WebContext.self)
            dialect.add(to: routes, self)
            try claim(routes, by: dialect.name)
        }
    }
}
