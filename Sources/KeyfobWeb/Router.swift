package import Hummingbird
import KeyfobServer
import Logging

/// All routes of a site's front: the standard endpoints, the pages, and those of the dialects that are spoken there.
package func buildRouter(_ site: Site) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog())
    router.add(middleware: SecurityHeaders(isSecure: site.isSecure))
    router.add(middleware: UnknownPaths(site))
    addStandardRoutes(to: router, site)
    for dialect in site.dialects {
        dialect.add(to: router, site)
    }
    return router
}

/// Adds the routes that every front has.
func addStandardRoutes(to router: Router<WebContext>, _ site: Site) {
    HealthRoutes(site).add(to: router)
    AssetRoutes(site).add(to: router)

    let endpoints = router.group().add(middleware: EndpointErrors())
    MetadataRoutes(site).add(to: endpoints)
    TokenRoutes(site).add(to: endpoints)
    DeviceAuthorizationRoutes(site).add(to: endpoints)
    RevocationRoutes(site).add(to: endpoints)
    IntrospectionRoutes(site).add(to: endpoints)
    UserInfoRoutes(site).add(to: endpoints)

    let pages = router.group().add(middleware: PageErrors(site)).add(middleware: SameOrigin(site))
    HomePages(site).add(to: pages)
    SignInPages(site).add(to: pages)
    DevicePages(site).add(to: pages)
    AuthorizationPages(site).add(to: pages)
}
