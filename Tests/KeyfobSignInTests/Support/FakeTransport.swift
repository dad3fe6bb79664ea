import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Synchronization
import Testing

/// A transport that answers by address, and fails the test when it is asked for any other.
final class FakeTransport: HTTPTransport {
    typealias Answer = @Sendable (HTTPCall) -> Result<HTTPReply, TransportError>

    private let answers: [String: Answer]
    private let seen = Mutex<[HTTPCall]>([])

    init(_ answers: [String: Answer]) {
        self.answers = answers
    }

    /// The calls so far.
    var calls: [HTTPCall] { seen.withLock { $0 } }

    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        seen.withLock { $0.append(call) }
        guard let answer = answers[call.request.path ?? ""] else {
            Issue.record("nobody expected \(call)")
            throw TransportError(.unreachable, "not in the script")
        }
        return try answer(call).get()
    }
}

extension Result where Success == HTTPReply, Failure == TransportError {
    /// A reply of JSON.
    static func json(_ text: String, status: Int = 200) -> Self {
        var reply = HTTPReply(response: HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
        reply.response.headerFields[.contentType] = "application/json"
        return .success(reply)
    }

    /// A web page.
    static func page(status: Int = 200) -> Self {
        var reply = HTTPReply(response: HTTPResponse(status: .init(code: status)), body: Array("<html>".utf8))
        reply.response.headerFields[.contentType] = "text/html"
        return .success(reply)
    }

    /// No answer at all.
    static func down(_ code: TransportError.Code = .unreachable) -> Self {
        .failure(TransportError(code, "down"))
    }
}

extension HTTPCall {
    /// The form in the body.
    var form: FormFields { (try? FormFields(parsing: String(decoding: body, as: UTF8.self))) ?? FormFields() }
}
