import Hummingbird
package import KeyfobWeb

extension Dialect {
    /// Podstack: OAuth 2.0 as the standards have it, API tokens that people make themselves, an account, projects, and
    /// a script that installs the program.
    ///
    /// Unofficial. The vendor publishes no protocol for its command-line tool; projects are as its Python package reads
    /// them.
    package static let podstack = Dialect(
        name: "podstack",
        brand: Brand.podstack,
        clients: [.init(id: PodstackClient.id, name: "Podstack CLI", settings: PodstackClient.settings)],
        tokenFormats: [],
        scopeWords: PodstackClient.words,
        hosts: [HostRole("api", isIssuer: true), HostRole("dashboard", hasPages: true), HostRole("get")],
        options: [
            .text(
                "programs", "The folder with podstack-linux-x86_64 and its .sha256, for the installer at /cli.",
                wanted: "write the absolute path of a folder"
            ) { dialect, path in
                guard path.hasPrefix("/") else { return false }
                dialect.addRoutes = routes(programs: path)
                return true
            }
        ],
        personalTokens: PodstackClient.personalTokens,
        addRoutes: routes(programs: nil)
    )

    private static func routes(
        programs: String?
    ) -> @Sendable (RouterGroup<WebContext>, Site) -> Void {
        { router, site in
            let routes = router.add(middleware: PodstackErrors())
            PodstackAccountRoutes(site.server).add(to: routes)
            PodstackProjectRoutes(site.server).add(to: routes)
            let origin = site.origin(of: "get", in: "podstack")
            guard site.front.origin == origin else { return }
            PodstackInstallerRoutes(folder: programs, origin: origin).add(to: router)
        }
    }
}

extension Brand {
    fileprivate static let podstack: Brand = {
        do {
            return try Brand(name: "Podstack", accent: "#0a6e5c", accentDark: "#5fd9c0")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}
