import NIOCore
import NIOPosix
import Synchronization

/// A server that answers every request with bytes of the test's choice, and remembers what it was sent.
final class CannedServer: Sendable {
    /// The bytes of an answer, and whether the connection ends behind them; `nil` never answers.
    typealias Answer = @Sendable (String) -> [UInt8]?

    private let channel: any Channel
    private let memory: Memory

    fileprivate final class Memory: Sendable {
        let requests = Mutex<[String]>([])
    }

    private init(channel: any Channel, memory: Memory) {
        self.channel = channel
        self.memory = memory
    }

    static func start(
        awaitingBlankLine: Bool = true, _ answer: @escaping Answer
    ) async throws -> CannedServer {
        let memory = Memory()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(memory: memory, awaitsBlankLine: awaitingBlankLine, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return CannedServer(channel: channel, memory: memory)
    }

    /// Answers with an HTTP response of these parts.
    static func answering(
        _ status: String = "200 OK", fields: [String] = ["Content-Type: application/json"], body: String = "{}"
    ) async throws -> CannedServer {
        let head = (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields).joined(separator: "\r\n")
        return try await start { _ in Array("\(head)\r\n\r\n\(body)".utf8) }
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var origin: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { memory.requests.withLock { $0 } }

    func stop() async throws {
        try await channel.close().get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let memory: Memory
        private let awaitsBlankLine: Bool
        private let answer: Answer
        private var text = ""

        init(memory: Memory, awaitsBlankLine: Bool, answer: @escaping Answer) {
            self.memory = memory
            self.awaitsBlankLine = awaitsBlankLine
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard !awaitsBlankLine || isComplete else { return }
            let request = text
            text = ""
            memory.requests.withLock { $0.append(request) }
            guard let bytes = answer(request) else { return }
            let channel = context.channel
            channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in channel.close(promise: nil) }
        }

        private var isComplete: Bool {
            guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
            return text[end.upperBound...].utf8.count >= length
        }

        private var length: Int {
            let field = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            return field.flatMap { Int($0.drop { $0 != ":" }.dropFirst().filter { $0 != " " }) } ?? 0
        }
    }
}
