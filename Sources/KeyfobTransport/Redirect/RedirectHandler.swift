import NIOCore
import NIOHTTP1

/// A visit of the browser to the callback's path.
struct RedirectVisit: Sendable {
    let query: String
    let channel: any Channel

    /// Shows a page and closes the connection.
    func answer(_ page: RedirectPage) async {
        try? await RedirectHandler.write(page, to: channel).get()
    }
}

/// One connection to the callback port: one request, one answer, and the end.
///
/// Everything is decided at the request's head, so that a body of any length is never read.
final class RedirectHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    // Long enough for every callback, its state and an ID token included.
    private static let targetLimit = 16_384

    private let path: String
    private let lifetime: TimeAmount
    private let report: @Sendable (RedirectVisit) -> Bool
    private var isAnswered = false

    init(path: String, lifetime: TimeAmount, report: @escaping @Sendable (RedirectVisit) -> Bool) {
        self.path = path
        self.lifetime = lifetime
        self.report = report
    }

    // A connection that does not get to its end by itself is ended: browsers open some in advance, others are slow.
    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        context.eventLoop.scheduleTask(in: lifetime) { channel.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data), !isAnswered else { return }
        isAnswered = true
        guard head.uri.utf8.count <= Self.targetLimit else {
            context.close(promise: nil)
            return
        }
        let halves = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? String(halves[1]) : ""
        if halves.first.map({ String($0) }) != path {
            Self.write(.notFound, to: context.channel).whenComplete { _ in }
        } else if head.method != .GET {
            Self.write(.wrongMethod, to: context.channel).whenComplete { _ in }
        } else if !report(RedirectVisit(query: query, channel: context.channel)) {
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    static func write(_ page: RedirectPage, to channel: any Channel) -> EventLoopFuture<Void> {
        let head = HTTPResponseHead(version: .http1_1, status: page.status, headers: page.fields)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: page.html))), promise: nil)
        return channel.writeAndFlush(HTTPServerResponsePart.end(nil)).flatMap { channel.close() }
    }
}
