import Hummingbird
package import KeyfobProtocol
package import KeyfobServer

/// The device authorization endpoint ([RFC 8628 section 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1)).
struct DeviceAuthorizationRoutes {
    private let server: AuthorizationServer

    init(_ site: Site) {
        server = site.server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.post("oauth/device_authorization") { request, context in
            let fields = try await request.form()
            let client = try await server.authenticate(ClientCredentials(request, fields))
            // device_name is ours: the approval page shows it, and nothing depends on it.
            let requester = context.requester(request, device: try fields.optional("device_name"))
            let started = try await server.startDeviceAuthorization(
                client: client, scope: try fields.optional("scope"), from: requester
            )
            return try Response.json(server.reply(to: started))
        }
    }
}

extension AuthorizationServer {
    /// The page on which a user code is entered.
    package var verificationURI: String { issuer + "/device" }

    /// What the device is told ([RFC 8628 section 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)).
    package func reply(to started: StartedDeviceAuthorization) -> DeviceAuthorizationReply {
        let code = started.userCode.display
        return DeviceAuthorizationReply(
            deviceCode: started.deviceCode, userCode: code, verificationURI: verificationURI,
            verificationURIComplete: verificationURI + "?" + FormFields([("user_code", code)]).encoded,
            expiresIn: started.expiresIn, interval: started.interval
        )
    }
}
