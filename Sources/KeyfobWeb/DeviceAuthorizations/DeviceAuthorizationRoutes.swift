import Hummingbird
package import KeyfobProtocol
package import KeyfobServer

/// The device authorization endpoint ([RFC 8628 section 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1)).
struct DeviceAuthorizationRoutes {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("oauth/device_authorization") { [site] request, context in
            let fields = try await request.form()
            let client = try await site.server.authenticate(ClientCredentials(request, fields))
            // device_name is ours: the approval page shows it, and nothing depends on it.
            let requester = context.requester(request, device: try fields.optional("device_name"))
            let started = try await site.server.startDeviceAuthorization(
                client: client, scope: try fields.optional("scope"), from: requester
            )
            return try Response.json(site.reply(to: started, for: client))
        }
    }
}

extension Site {
    /// What the device is told ([RFC 8628 section 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)).
    ///
    /// - Parameters:
    ///   - started: What the domain has started.
    ///   - client: Who asked; its dialect's host for pages, if there is one, is where the code is entered.
    /// - Returns: The reply.
    package func reply(
        to started: AuthorizationServer.StartedDeviceAuthorization, for client: Client
    ) -> DeviceAuthorizationReply {
        let code = started.userCode.display
        let page = pages(of: client) + "/device"
        return DeviceAuthorizationReply(
            deviceCode: started.deviceCode, userCode: code, verificationURI: page,
            verificationURIComplete: page + "?" + FormFields([("user_code", code)]).encoded,
            expiresIn: started.expiresIn, interval: started.interval
        )
    }
}
