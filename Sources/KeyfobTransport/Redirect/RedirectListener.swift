public import KeyfobClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// The loopback listener that a browser comes back to
/// ([RFC 8252 section 7.3](https://www.rfc-editor.org/rfc/rfc8252#section-7.3)).
///
/// It listens on 127.0.0.1 only and answers one path. Other paths, other methods, malformed, slow and oversized
/// requests are turned away without harm, and it goes on waiting.
public final class RedirectListener: RedirectReceiver {
    /// The address to send as `redirect_uri`, its port included.
    public let redirectURI: String

    private let channel: any Channel
    private let visits: AsyncStream<RedirectVisit>
    private let end: AsyncStream<RedirectVisit>.Continuation
    private let product: String

    private init(
        channel: any Channel, redirectURI: String, product: String, visits: AsyncStream<RedirectVisit>,
        end: AsyncStream<RedirectVisit>.Continuation
    ) {
        self.channel = channel
        self.redirectURI = redirectURI
        self.product = product
        self.visits = visits
        self.end = end
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - product: What the pages call the program.
    ///   - path: The one path that is answered; `/callback` by default.
    ///   - ports: The ports to try, in order; 0, the default, takes any free one.
    ///   - connectionLifetime: How long one connection may last; ten seconds by default.
    /// - Returns: The listener; close it when done.
    /// - Throws: ``TransportError`` with ``TransportError/Code/noPort`` if no port is free.
    public static func open(
        product: String, path: String = "/callback", ports: [Int] = [0], connectionLifetime: Duration = .seconds(10)
    ) async throws(TransportError) -> RedirectListener {
        let (visits, end) = AsyncStream.makeStream(of: RedirectVisit.self, bufferingPolicy: .bufferingOldest(16))
        let lifetime = TimeAmount(connectionLifetime)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(
                        RedirectHandler(path: path, lifetime: lifetime) { visit in
                            if case .enqueued = end.yield(visit) { true } else { false }
                        })
                }
            }
        var failure: (any Error)?
        for port in ports {
            do {
                let channel = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
                let uri = "http://127.0.0.1:\(channel.localAddress?.port ?? port)\(path)"
                return RedirectListener(channel: channel, redirectURI: uri, product: product, visits: visits, end: end)
            } catch {
                failure = error
            }
        }
        let names = ports.map { String($0) }.joined(separator: ", ")
        throw TransportError(
            .noPort, "no port is free for the browser to come back to (tried \(names))", underlying: failure)
    }

    /// Waits for the callback, and answers the browser after it was judged.
    ///
    /// - Parameter judge: Gets the query of each visit to the path.
    /// - Throws: `CancellationError` when the task is cancelled, or ``TransportError`` when the listener is closed.
    public func receive(judge: @Sendable (String) -> RedirectVerdict) async throws {
        for await visit in visits {
            let verdict = judge(visit.query)
            await visit.answer(.answer(to: verdict, product: product))
            if verdict != .foreign { return }
        }
        try Task.checkCancellation()
        throw TransportError(.unreachable, "the port for the browser was closed")
    }

    /// Frees the port; doing so again changes nothing.
    public func close() async {
        end.finish()
        try? await channel.close().get()
    }
}
