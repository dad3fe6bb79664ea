import HTTPTypes
import KeyfobClient
import KeyfobTransport
import Testing

struct LiveTransportTests {
    private static func send(
        _ call: HTTPCall, settings: TransportSettings = TransportSettings(), limits: HTTPLimits = HTTPLimits()
    ) async throws -> Result<HTTPReply, TransportError> {
        let transport = LiveTransport(settings)
        let result: Result<HTTPReply, TransportError>
        do throws(TransportError) {
            result = .success(try await transport.send(call, limits: limits))
        } catch {
            result = .failure(error)
        }
        await transport.close()
        return result
    }

    private static func get(_ text: String) throws -> HTTPCall {
        .get(try #require(WebAddress(text)))
    }

    private static func code(_ result: Result<HTTPReply, TransportError>) -> TransportError.Code? {
        guard case .failure(let error) = result else { return nil }
        return error.code
    }

    @Test func `a call arrives as it was made, and so does the reply`() async throws {
        let server = try await CannedServer.answering(
            "201 Created", fields: ["Content-Type: application/json", "X-Twice: a", "X-Twice: b"], body: #"{"a":1}"#)
        let call = HTTPCall.json(try #require(WebAddress("\(server.origin)/path?q=%20x")), body: Array("body".utf8))
        let settings = TransportSettings(userAgent: "tool/1.0")
        let reply = try await Self.send(call, settings: settings).get()
        #expect(reply.status == 201)
        #expect(reply.mediaType == "application/json")
        #expect(reply.body == Array(#"{"a":1}"#.utf8))
        #expect(reply.response.headerFields[values: try #require(HTTPField.Name("X-Twice"))] == ["a", "b"])
        let request = try #require(server.requests.first).lowercased()
        #expect(request.hasPrefix("post /path?q=%20x http/1.1\r\n"))
        #expect(request.hasSuffix("\r\n\r\nbody"))
        #expect(request.contains("\r\ncontent-type: application/json\r\n"))
        #expect(request.contains("\r\nuser-agent: tool/1.0\r\n"))
        try await server.stop()
    }

    @Test(arguments: ["302 Found", "307 Temporary Redirect", "303 See Other"])
    func `a redirect is a reply, and is not followed`(status: String) async throws {
        let other = try await CannedServer.answering()
        let server = try await CannedServer.answering(status, fields: ["Location: \(other.origin)/"])
        let call = HTTPCall.json(try #require(WebAddress("\(server.origin)/")), body: Array("secret".utf8))
        #expect(try await Self.send(call).get().status == Int(status.prefix(3)))
        #expect(other.requests.isEmpty)
        try await server.stop()
        try await other.stop()
    }

    @Test func `a body over the limit is refused`() async throws {
        let server = try await CannedServer.answering(body: String(repeating: "x", count: 1001))
        let call = try Self.get(server.origin)
        #expect(Self.code(try await Self.send(call, limits: HTTPLimits(bodyBytes: 1000))) == .tooLarge)
        #expect(try await Self.send(call, limits: HTTPLimits(bodyBytes: 1001)).get().body.count == 1001)
        try await server.stop()
    }

    @Test func `a server that does not answer is given up in time`() async throws {
        let server = try await CannedServer.start { _ in nil }
        let limits = HTTPLimits(time: .milliseconds(100))
        #expect(Self.code(try await Self.send(Self.get(server.origin), limits: limits)) == .timedOut)
        try await server.stop()
    }

    @Test func `an answer that breaks off is a broken connection, not a decision of the server`() async throws {
        let endless = try await CannedServer.start { _ in
            Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".utf8)
        }
        let result = try await Self.send(Self.get(endless.origin), limits: HTTPLimits(time: .seconds(5)))
        #expect(Self.code(result) == .unreachable)
        try await endless.stop()
    }

    @Test func `a port on which nobody listens is unreachable at once`() async throws {
        let server = try await CannedServer.answering()
        let call = try Self.get(server.origin)
        try await server.stop()
        guard case .failure(let error) = try await Self.send(call) else {
            Issue.record("somebody answered")
            return
        }
        #expect(error.code == .unreachable)
        #expect(error.message == "nobody answers there (connection refused)")
    }

    @Test func `a host that does not exist is unreachable`() async throws {
        guard case .failure(let error) = try await Self.send(Self.get("http://nobody.invalid/")) else {
            Issue.record("somebody answered")
            return
        }
        #expect(error.code == .unreachable)
        #expect(error.message == "there is no such host")
    }

    @Test func `an answer that is not HTTP is said to be none`() async throws {
        let server = try await CannedServer.start { _ in Array("SSH-2.0-OpenSSH_9.2\r\n\r\n".utf8) }
        #expect(Self.code(try await Self.send(Self.get(server.origin))) == .malformed)
        try await server.stop()
    }

    @Test func `a server without TLS fails the handshake`() async throws {
        let server = try await CannedServer.start(awaitingBlankLine: false) { _ in
            Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
        }
        #expect(Self.code(try await Self.send(Self.get("https://127.0.0.1:\(server.port)/"))) == .tls)
        try await server.stop()
    }

    @Test func `a file of certificates that is missing is named`() async throws {
        let settings = TransportSettings(certificateFile: "/nonexistent/ca.pem")
        guard case .failure(let error) = try await Self.send(Self.get("https://127.0.0.1:1/"), settings: settings)
        else {
            Issue.record("somebody answered")
            return
        }
        #expect(error.code == .tls)
        #expect(error.message.contains("/nonexistent/ca.pem"))
    }

    @Test func `a cancelled call says so`() async throws {
        let server = try await CannedServer.start { _ in nil }
        let call = try Self.get(server.origin)
        let task = Task { try await Self.send(call) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        #expect(Self.code(try await task.value) == .cancelled)
        try await server.stop()
    }

    @Test func `a request to another host goes through the proxy`() async throws {
        let proxy = try await CannedServer.answering("403 Forbidden")
        let settings = TransportSettings(
            environment: ["https_proxy": "http://user:p%40ss@127.0.0.1:\(proxy.port)"], userAgent: "t")
        let result = try await Self.send(Self.get("https://other.example/x"), settings: settings)
        #expect(Self.code(result) == .unreachable)
        let request = try #require(proxy.requests.first)
        #expect(request.hasPrefix("CONNECT other.example:443 HTTP/1.1\r\n"))
        // echo -n 'user:p@ss' | base64
        #expect(request.contains("dXNlcjpwQHNz"))
        try await proxy.stop()
    }

    @Test func `a transport that was closed can be used again`() async throws {
        let server = try await CannedServer.answering()
        let transport = LiveTransport()
        _ = try await transport.send(Self.get(server.origin), limits: HTTPLimits())
        await transport.close()
        #expect(try await transport.send(Self.get(server.origin), limits: HTTPLimits()).status == 200)
        await transport.close()
        try await server.stop()
    }
}
