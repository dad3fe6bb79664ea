import HTTPTypes
import HummingbirdTesting
import KeyfobClient
import NIOCore
import Synchronization

/// The way from the command to the application, without a socket in between.
final class Network: HTTPTransport {
    /// What happens to calls.
    enum Weather {
        case fair
        /// Nobody listens.
        case out
        /// The server does what it was asked for, and its reply is lost.
        case losesReplies
        /// Something in between answers with a page.
        case captivePortal
    }

    private let client: any TestClientProtocol
    private let state = Mutex((weather: Weather.fair, calls: [String]()))

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    var weather: Weather {
        get { state.withLock { $0.weather } }
        set { state.withLock { $0.weather = newValue } }
    }

    /// Method and path of every call so far.
    var calls: [String] { state.withLock { $0.calls } }

    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        let weather = state.withLock { state in
            state.calls.append("\(call.request.method.rawValue) \(call.request.path ?? "")")
            return state.weather
        }
        switch weather {
        case .out:
            throw TransportError(.unreachable, "nobody listens")
        case .captivePortal:
            let fields: HTTPFields = [.contentType: "text/html"]
            return HTTPReply(
                response: HTTPResponse(status: .ok, headerFields: fields), body: Array("<h1>Welcome</h1>".utf8))
        case .fair, .losesReplies:
            let reply = try await deliver(call)
            if case .losesReplies = weather { throw TransportError(.timedOut, "the reply is lost") }
            return reply
        }
    }

    private func deliver(_ call: HTTPCall) async throws(TransportError) -> HTTPReply {
        do {
            let reply = try await client.executeRequest(
                uri: call.request.path ?? "/", method: call.request.method, headers: call.request.headerFields,
                body: call.body.isEmpty ? nil : ByteBuffer(bytes: call.body))
            return HTTPReply(
                response: HTTPResponse(status: reply.status, headerFields: reply.headers),
                body: Array(reply.body.readableBytesView))
        } catch {
            throw TransportError(.malformed, "the router failed", underlying: error)
        }
    }
}
