import HTTPTypes
package import Hummingbird
package import KeyfobServer

/// What routes know of a request besides the request itself.
package struct WebContext: RequestContext {
    /// The largest body of any request; the largest honest one is a tenth of that.
    package static let largestBody = 64 * 1024

    /// Hummingbird's own part.
    package var coreContext: CoreRequestContextStorage
    /// The address that the request comes from: the other end of the connection, or who a trusted proxy says it is.
    package internal(set) var peerAddress: String?

    /// Makes the context of a connection's request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
    }

    /// The same limit for what Hummingbird reads by itself.
    package var maxUploadSize: Int { Self.largestBody }
}

extension WebContext {
    /// Who makes a request, as far as it can be seen.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - device: The machine's name, if the program told it.
    /// - Returns: Address, user agent and machine name, as far as they are known.
    package func requester(_ request: Request, device: String? = nil) -> Requester {
        Requester(address: peerAddress, agent: request.headers[.userAgent], device: device)
    }
}
