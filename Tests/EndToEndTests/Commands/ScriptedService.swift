import HTTPTypes
import KeyfobClient
import Synchronization

/// A service whose replies are written down beforehand; it fails loudly when asked for anything else.
final class ScriptedService: HTTPTransport {
    struct Reply: Sendable {
        var status = 200
        var body: String
    }

    private let script: Mutex<[String: [Reply]]>
    private let seen = Mutex<[String]>([])

    /// Replies by method and path; of several the last one stays.
    init(_ script: [String: [Reply]]) {
        self.script = Mutex(script)
    }

    /// Method, path and `Authorization` of every call so far.
    var calls: [String] { seen.withLock { $0 } }

    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        let name = "\(call.request.method.rawValue) \(call.request.path ?? "")"
        let token = call.request.headerFields[.authorization].map { " [\($0)]" } ?? ""
        seen.withLock { $0.append(name + token) }
        let reply = script.withLock { script -> Reply? in
            guard var replies = script[name], let first = replies.first else { return nil }
            if replies.count > 1 { replies.removeFirst() }
            script[name] = replies
            return first
        }
        guard let reply else { throw TransportError(.malformed, "nobody wrote a reply for \(name)") }
        let fields: HTTPFields = [.contentType: "application/json"]
        return HTTPReply(
            response: HTTPResponse(status: .init(code: reply.status), headerFields: fields),
            body: Array(reply.body.utf8))
    }
}

extension ScriptedService.Reply: ExpressibleByStringLiteral {
    init(stringLiteral body: String) {
        self.init(body: body)
    }

    static func failing(_ status: Int, _ body: String = "{}") -> Self {
        Self(status: status, body: body)
    }
}
