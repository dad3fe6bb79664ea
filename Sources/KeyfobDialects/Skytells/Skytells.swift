import Hummingbird
package import KeyfobWeb

extension Dialect {
    /// Skytells: a device flow in JSON that is judged by statuses, and access tokens that live until they are revoked.
    ///
    /// Unofficial; compatible with what the vendor's client sends. Two things are ours: the standard revocation
    /// endpoint works for its tokens, and a wrong client name changes nothing.
    package static let skytells = Dialect(
        name: "skytells",
        brand: Brand.skytells,
        clients: [.init(id: SkytellsClient.id, name: "Skytells CLI", settings: SkytellsClient.settings)],
        tokenFormats: [SkytellsClient.tokenFormat],
        scopeWords: SkytellsClient.scopes,
        hosts: [HostRole("console", isIssuer: true, hasPages: true)],
        projectKeys: SkytellsClient.projectKeys,
        personalTokens: SkytellsClient.personalTokens,
        addRoutes: { router, site in
            let routes = router.add(middleware: SkytellsErrors())
            SkytellsDeviceRoutes(site).add(to: routes)
            SkytellsProjectRoutes(site.server).add(to: routes)
        }
    )
}

extension Brand {
    fileprivate static let skytells: Brand = {
        do {
            return try Brand(name: "Skytells", accent: "#5b3df5", accentDark: "#a99bff")
        } catch {
            // The colours are literals on the line above, in the form that Brand asks for.
            preconditionFailure("the brand's colours are constants: \(error)")
        }
    }()
}
