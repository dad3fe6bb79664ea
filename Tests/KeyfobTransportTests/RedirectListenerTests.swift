import HTTPTypes
import KeyfobClient
import KeyfobTransport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RedirectListenerTests {
    private static func port(_ listener: RedirectListener) throws -> Int {
        try #require(WebAddress(listener.redirectURI)?.port)
    }

    private static func get(_ target: String, method: String = "GET") -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    }

    // Accepts a query of "good", knows "denied", and takes all else for a stranger's.
    private static let judge: @Sendable (String) -> RedirectVerdict = { query in
        switch query {
        case "good": .accepted
        case "denied": .denied
        case "bad": .failed("the <server> refused")
        default: .foreign
        }
    }

    private static func listening(
        _ lifetime: Duration = .seconds(10),
        _ body: (RedirectListener, Int, Task<Void, any Error>) async throws -> Void
    ) async throws {
        let listener = try await RedirectListener.open(product: "Tool & Co", connectionLifetime: lifetime)
        let waiting = Task { try await listener.receive(judge: judge) }
        do {
            try await body(listener, port(listener), waiting)
        } catch {
            await listener.close()
            throw error
        }
        await listener.close()
    }

    @Test func `it listens on 127_0_0_1 with any free port`() async throws {
        try await Self.listening { listener, port, waiting in
            #expect(listener.redirectURI == "http://127.0.0.1:\(port)/callback")
            waiting.cancel()
        }
    }

    @Test func `a good callback gets its page and ends the waiting`() async throws {
        try await Self.listening { _, port, waiting in
            let answer = try await RawConnection.ask(port: port, Self.get("/callback?good"))
            try await waiting.value
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("You can close this page"))
            #expect(answer.contains("Tool &amp; Co"))
        }
    }

    @Test func `pages are self-contained, uncached and show nothing of the request`() async throws {
        try await Self.listening { _, port, waiting in
            let answer = try await RawConnection.ask(port: port, Self.get("/callback?code=s3cr3t"))
            waiting.cancel()
            #expect(!answer.contains("s3cr3t"))
            #expect(answer.contains("content-security-policy: default-src 'none';"))
            #expect(answer.contains("cache-control: no-store\r\n"))
            #expect(answer.contains("referrer-policy: no-referrer\r\n"))
            #expect(!answer.contains("<script"))
            #expect(!answer.contains("src="))
        }
    }

    @Test func `a denial and a failure have pages of their own, and end the waiting`() async throws {
        for (query, title) in [("denied", "<title>Denied"), ("bad", "the &lt;server&gt; refused")] {
            try await Self.listening { _, port, waiting in
                let answer = try await RawConnection.ask(port: port, Self.get("/callback?\(query)"))
                try await waiting.value
                #expect(answer.contains(title))
            }
        }
    }

    @Test(arguments: [
        ("/favicon.ico", "GET", "404"), ("/", "GET", "404"), ("/callbackx?good", "GET", "404"),
        ("/callback/?good", "GET", "404"), ("/callback?good", "POST", "405"), ("/callback?good", "HEAD", "405"),
        ("/callback?other", "GET", "400"), ("/callback", "GET", "400"),
    ])
    func `other visits are turned away, and the waiting goes on`(
        target: String, method: String, status: String
    ) async throws {
        try await Self.listening { _, port, waiting in
            let answer = try await RawConnection.ask(port: port, Self.get(target, method: method))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            _ = try await RawConnection.ask(port: port, Self.get("/callback?good"))
            try await waiting.value
        }
    }

    @Test(arguments: [
        "\u{16}\u{03}\u{01}\u{02}\n\r\n\r\n", "GET\r\n\r\n", "GET /callback?good HTTP/9.9.9\r\n\r\n",
        "GET /callback?\(String(repeating: "x", count: 20_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /callback HTTP/1.1\r\nX: \(String(repeating: "y", count: 200_000))\r\n\r\n",
        "POST /callback HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nxx",
    ])
    func `malformed and oversized requests do no harm`(text: String) async throws {
        try await Self.listening { _, port, waiting in
            let connection = try await RawConnection.open(port: port)
            try? await connection.send(text)
            let answer = try? await connection.answer()
            #expect(answer?.hasPrefix("HTTP/1.1 200") != true)
            _ = try await RawConnection.ask(port: port, Self.get("/callback?good"))
            try await waiting.value
        }
    }

    @Test func `a slow request is dropped, and does not hold up another`() async throws {
        try await Self.listening(.milliseconds(300)) { _, port, waiting in
            let slow = try await RawConnection.open(port: port)
            try await slow.send("GET /callback?good HTTP/1.1\r\nHost: a")
            _ = try await RawConnection.ask(port: port, Self.get("/callback?good"))
            try await waiting.value
            #expect(try await slow.answer() == "")
        }
    }

    @Test func `a callback that comes before anyone waits is kept`() async throws {
        let listener = try await RedirectListener.open(product: "Tool")
        let port = try Self.port(listener)
        async let answer = RawConnection.ask(port: port, Self.get("/callback?good"))
        try await listener.receive(judge: Self.judge)
        #expect(try await answer.hasPrefix("HTTP/1.1 200 OK"))
        await listener.close()
    }

    @Test func `cancelling ends the waiting, and closing frees the port`() async throws {
        try await Self.listening { listener, port, waiting in
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            await listener.close()
            await listener.close()
            let again = try await RedirectListener.open(product: "Tool", ports: [port])
            #expect(again.redirectURI == listener.redirectURI)
            await again.close()
        }
    }

    @Test func `a port that is taken is passed over, and none left is an error`() async throws {
        try await Self.listening { _, port, waiting in
            waiting.cancel()
            let second = try await RedirectListener.open(product: "Tool", ports: [port, 0])
            #expect(try Self.port(second) != port)
            await second.close()
            let error = await #expect(throws: TransportError.self) {
                try await RedirectListener.open(product: "Tool", ports: [port])
            }
            #expect(error?.code == .noPort)
            #expect(error?.message == "no port is free for the browser to come back to (tried \(port))")
        }
    }

    @Test func `the first free port of a fixed list is taken, with the path that was asked for`() async throws {
        let first = try await RedirectListener.open(product: "Tool")
        let port = try Self.port(first)
        let free = try await RedirectListener.open(product: "Tool")
        let other = try Self.port(free)
        await free.close()
        let second = try await RedirectListener.open(product: "Tool", path: "/oauth_callback", ports: [port, other])
        #expect(second.redirectURI == "http://127.0.0.1:\(other)/oauth_callback")
        let waiting = Task { try await second.receive(judge: Self.judge) }
        let stray = try await RawConnection.ask(port: other, Self.get("/callback?good"))
        #expect(stray.hasPrefix("HTTP/1.1 404"))
        _ = try await RawConnection.ask(port: other, Self.get("/oauth_callback?good"))
        try await waiting.value
        await second.close()
        await first.close()
    }
}
