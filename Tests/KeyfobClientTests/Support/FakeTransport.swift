import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Synchronization
import Testing

/// A transport that answers from a script, and fails the test when it is asked for anything else.
final class FakeTransport: HTTPTransport {
    typealias Answer = @Sendable (HTTPCall) -> Result<HTTPReply, TransportError>

    private let script: Mutex<[Answer]>
    private let seen = Mutex<[HTTPCall]>([])

    /// Answers each call with the next closure.
    init(_ answers: [@Sendable (HTTPCall) -> HTTPReply]) {
        script = Mutex(answers.map { answer in { call in .success(answer(call)) } })
    }

    /// Answers each call with the next result.
    init(results: [Result<HTTPReply, TransportError>]) {
        script = Mutex(results.map { result in { _ in result } })
    }

    /// The calls so far.
    var calls: [HTTPCall] { seen.withLock { $0 } }
    /// How many answers nobody has asked for.
    var unused: Int { script.withLock { $0.count } }

    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        seen.withLock { $0.append(call) }
        guard let answer = script.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            Issue.record("nobody expected \(call)")
            throw TransportError(.unreachable, "the script is at its end")
        }
        return try answer(call).get()
    }
}

extension HTTPReply {
    static func json(_ text: String, status: Int = 200) -> HTTPReply {
        of(text, type: "application/json", status: status)
    }

    static func of(_ text: String, type: String?, status: Int = 200) -> HTTPReply {
        var reply = HTTPReply(response: HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
        if let type { reply.response.headerFields[.contentType] = type }
        return reply
    }
}

extension HTTPCall {
    /// The form in the body.
    var form: FormFields { (try? FormFields(parsing: String(decoding: body, as: UTF8.self))) ?? FormFields() }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// The error that a body throws; its absence fails the test.
func failure<Value>(
    of body: () throws(ClientError) -> Value, sourceLocation: SourceLocation = #_sourceLocation
) -> ClientError? {
    do throws(ClientError) {
        _ = try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

/// The error that an asynchronous body throws; its absence fails the test.
func failure<Value>(
    of body: () async throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
) async -> ClientError? {
    do {
        _ = try await body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
        return nil
    } catch {
        guard let error = error as? ClientError else {
            Issue.record("not a ClientError: \(error)", sourceLocation: sourceLocation)
            return nil
        }
        return error
    }
}
