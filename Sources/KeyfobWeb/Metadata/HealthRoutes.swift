import HTTPTypes
import Hummingbird
import KeyfobServer

/// `/healthz` says that the process lives, `/readyz` that its database answers.
struct HealthRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: Router<WebContext>) {
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { [site] _, _ in
            do {
                try await site.server.checkDatabase()
                return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "ready\n")))
            } catch {
                return Response(status: .serviceUnavailable, headers: [.retryAfter: "2"])
            }
        }
    }
}
