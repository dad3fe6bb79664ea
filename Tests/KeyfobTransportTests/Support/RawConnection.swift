import NIOCore
import NIOPosix
import Synchronization

/// A TCP connection on which a test says what it likes.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let received: Received

    fileprivate final class Received: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    private init(channel: any Channel, received: Received) {
        self.channel = channel
        self.received = received
    }

    static func open(port: Int) async throws -> RawConnection {
        let received = Received()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(received: received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel: channel, received: received)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Everything until the other side closes.
    func answer() async throws -> String {
        try await channel.closeFuture.get()
        return received.bytes.withLock { String(decoding: $0, as: UTF8.self) }
    }

    /// Sends a request and returns the whole answer.
    static func ask(port: Int, _ text: String) async throws -> String {
        let connection = try await open(port: port)
        try await connection.send(text)
        return try await connection.answer()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let received: Received

        init(received: Received) {
            self.received = received
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data).readableBytesView
            received.bytes.withLock { $0 += bytes }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
