package import Hummingbird
import KeyfobServer
import Logging

/// All routes of a site: the standard endpoints, the pages, and those of the dialects.
package func buildRouter(_ site: Site) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog())
    router.add(middleware: SecurityHeaders(isSecure: site.isSecure))
    router.add(middleware: UnknownPaths(site))

    HealthRoutes(site).add(to: router)
    AssetRoutes(site).add(to: router)

    let endpoints = router.group().add(middleware: EndpointErrors())
    MetadataRoutes(site).add(to: endpoints)
    TokenRoutes(site).add(to: endpoints)
    DeviceAuthorizationRoutes(site).add(to: endpoints)
    RevocationRoutes(site).add(to: endpoints)
    IntrospectionRoutes(site).add(to: endpoints)
    UserInfoRoutes(site).add(to: endpoints)
    for dialect in site.dialects {
        dialect.addRoutes(router.group(), site)
    }

    let pages = router.group().add(middleware: PageErrors(site)).add(middleware: SameOrigin())
    HomePages(site).add(to: pages)
    SignInPages(site).add(to: pages)
    DevicePages(site).add(to: pages)
    AuthorizationPages(site).add(to: pages)
    return router
}
