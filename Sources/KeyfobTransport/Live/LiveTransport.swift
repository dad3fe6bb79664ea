import AsyncHTTPClient
import HTTPTypes
public import KeyfobClient
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// The one way to the network: AsyncHTTPClient, set up so that redirects are not followed, certificates are always
/// verified, and nothing takes longer or grows larger than the limits say.
///
/// Nothing is opened before the first call. Call ``close()`` when done.
public final class LiveTransport: HTTPTransport {
    private let settings: TransportSettings
    // One client for direct connections, one for each proxy.
    private let clients = Mutex<[ProxySettings.Server?: HTTPClient]>([:])

    /// Makes a transport.
    public init(_ settings: TransportSettings = TransportSettings()) {
        self.settings = settings
    }

    /// Sends one call and reads its whole reply.
    ///
    /// - Throws: ``TransportError``.
    public func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        do {
            let deadline = NIODeadline.now() + TimeAmount(limits.time)
            let response = try await client(for: call).execute(request(call), deadline: deadline)
            return try await Self.read(response, limit: limits.bodyBytes)
        } catch {
            throw TransportError(mapping: error, certificateFile: settings.certificateFile)
        }
    }

    /// Closes all connections; later calls open new ones.
    public func close() async {
        let open = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in open { try? await client.shutdown() }
    }

    private func client(for call: HTTPCall) throws -> HTTPClient {
        let server = WebAddress(call.address).flatMap { settings.proxy.server(for: $0) }
        return try clients.withLock { clients in
            if let client = clients[server] { return client }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try configuration(server))
            clients[server] = client
            return client
        }
    }

    private func configuration(_ server: ProxySettings.Server?) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = TimeAmount(settings.connectTime)
        // A refused connection is reported at once instead of after ten seconds of trying.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let file = settings.certificateFile {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
            configuration.tlsConfiguration = tls
        }
        if let server {
            let authorization = server.credentials.map {
                HTTPClient.Authorization.basic(username: $0.user, password: $0.password)
            }
            configuration.proxy = .server(host: server.host, port: server.port, authorization: authorization)
        }
        return configuration
    }

    private func request(_ call: HTTPCall) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: call.address)
        request.method = NIOHTTP1.HTTPMethod(rawValue: call.request.method.rawValue)
        request.headers.add(name: "user-agent", value: settings.userAgent)
        for field in call.request.headerFields {
            request.headers.add(name: field.name.rawName, value: field.value)
        }
        if !call.body.isEmpty { request.body = .bytes(ByteBuffer(bytes: call.body)) }
        return request
    }

    private static func read(_ response: HTTPClientResponse, limit: Int) async throws -> HTTPReply {
        var reply = HTTPReply(response: HTTPResponse(status: .init(code: Int(response.status.code))))
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            reply.response.headerFields.append(HTTPField(name: name, value: value))
        }
        reply.body = Array(buffer: try await response.body.collect(upTo: limit))
        return reply
    }
}
