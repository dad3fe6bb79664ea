import KeyfobProtocol
import Testing

/// [RFC 8252 section 7.3](https://www.rfc-editor.org/rfc/rfc8252#section-7.3) and
/// [RFC 9700 section 4.1](https://www.rfc-editor.org/rfc/rfc9700#section-4.1).
struct RedirectURITests {
    private static func matches(_ text: String, _ registered: String) throws -> Bool {
        let registered = try #require(RedirectURI(registered))
        return RedirectURI(text)?.matches(registered: registered) ?? false
    }

    @Test func `the parts of a URI are found`() throws {
        let uri = try #require(RedirectURI("http://127.0.0.1:51004/oauth2redirect/example-provider?x=1"))
        #expect(uri.origin == "http://127.0.0.1")
        #expect(uri.port == 51004)
        #expect(uri.rest == "/oauth2redirect/example-provider?x=1")
        #expect(uri.originWithPort == "http://127.0.0.1:51004")
        #expect(uri.isLoopback)
        let six = try #require(RedirectURI("http://[::1]:61023/oauth2redirect/example-provider"))
        #expect(six.origin == "http://[::1]")
        #expect(six.port == 61023)
        #expect(six.isLoopback)
    }

    @Test(arguments: ["http://127.0.0.1", "http://[::1]", "http://localhost"])
    func `a loopback URI matches on any port`(origin: String) throws {
        for port in ["", ":1", ":80", ":51004", ":65535"] {
            #expect(try Self.matches(origin + port + "/callback", origin + "/callback"))
            #expect(try Self.matches(origin + port + "/callback", origin + ":8080/callback"))
        }
    }

    @Test func `the three loopback names are three origins`() throws {
        let origins = ["http://127.0.0.1", "http://[::1]", "http://localhost"]
        for one in origins {
            for other in origins where one != other {
                #expect(try !Self.matches(one + ":5000/callback", other + "/callback"))
            }
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:5000/", "http://127.0.0.1:5000", "http://127.0.0.1:5000/callback/",
        "http://127.0.0.1:5000/Callback", "http://127.0.0.1:5000/callback?x=1", "http://127.0.0.1:5000/callback%2F",
        "http://127.0.0.1:5000/callback/../evil", "http://127.0.0.1:5000//callback", "http://127.0.0.1:5000?/callback",
        "http://127.0.0.1:5000/callback;x", "https://127.0.0.1:5000/callback",
    ])
    func `everything but the port must be equal`(text: String) throws {
        #expect(try !Self.matches(text, "http://127.0.0.1/callback"))
    }

    @Test func `a URI that is not loopback must be equal in every character`() throws {
        let registered = "https://app.example.com/callback"
        #expect(try Self.matches(registered, registered))
        for text in [
            "https://app.example.com:443/callback", "https://app.example.com:8443/callback",
            "https://APP.example.com/callback", "http://app.example.com/callback", "https://app.example.com/callback?",
            "https://app.example.com.evil/callback", "https://evil.example.com/callback",
        ] {
            #expect(try !Self.matches(text, registered), "\(text)")
        }
        #expect(try !Self.matches("https://127.0.0.1:5000/callback", "https://127.0.0.1/callback"))
    }

    @Test(arguments: [
        "http://127.0.0.1.evil/callback", "http://127.0.0.1.evil.example:80/callback", "http://localhost.evil/callback",
        "http://evil.localhost/callback", "http://127.0.0.1evil/callback", "http://evil127.0.0.1/callback",
        "http://127.0.0.1%2eevil/callback", "http://127.0.0.1%00.evil/callback", "http://127.0.0.1;evil/callback",
        "http://127.0.0.1,evil/callback", "http://127.1/callback", "http://2130706433/callback",
        "http://0x7f000001/callback", "http://0177.0.0.1/callback", "http://0.0.0.0/callback",
        "http://127.0.0.2/callback", "http://[::]/callback", "http://[::ffff:127.0.0.1]/callback",
        "http://[0:0:0:0:0:0:0:1]/callback", "http://localhost./callback",
    ])
    func `another host is not loopback, however it looks`(text: String) throws {
        #expect(RedirectURI(text)?.isLoopback != true)
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            #expect(try !Self.matches(text, "http://\(host)/callback"))
        }
    }

    @Test(arguments: [
        // User information, in which the host is what comes after it.
        "http://localhost@evil/callback", "http://127.0.0.1@evil/callback", "http://127.0.0.1:80@evil/callback",
        "http://user:password@127.0.0.1/callback", "http://@127.0.0.1/callback", "http://[::1]@evil/callback",
        // Backslashes, which browsers read as slashes.
        "http://127.0.0.1\\@evil/callback", "http://127.0.0.1\\.evil/callback", "http:\\\\127.0.0.1/callback",
        "http://evil\\127.0.0.1/callback", "http://127.0.0.1/callback\\",
        // Fragments (RFC 6749 section 3.1.2).
        "http://127.0.0.1/callback#", "http://127.0.0.1/callback#x", "http://127.0.0.1#@evil/",
        // Control characters, spaces, and characters outside of ASCII.
        "http://127.0.0.1/call\tback", "http://127.0.0.1/callback\n", "http://127.0.0.1/\r\nSet-Cookie:x",
        " http://127.0.0.1/callback", "http://127.0.0.1/callback ", "http://127.0.0.1\0/callback",
        "http://127.0.0.1/callback\u{7F}", "http://127。0。0。1/callback", "http://ｌocalhost/callback",
        "http://127.0.0.1/ü", "http://127.0.0.1/\u{202E}",
        // Ports.
        "http://127.0.0.1:/callback", "http://127.0.0.1:0/callback", "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:-1/callback", "http://127.0.0.1:+80/callback", "http://127.0.0.1:80:80/callback",
        "http://127.0.0.1:8o/callback", "http://127.0.0.1:99999999999999999999/callback",
        "http://127.0.0.1: 80/callback", "http://[::1]evil/callback", "http://[::1].evil:80/callback",
        "http://[::1/callback",
        // Other schemes and no authority.
        "javascript://127.0.0.1/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "//127.0.0.1/callback",
        "127.0.0.1/callback", "http:/127.0.0.1/callback", "http:127.0.0.1", "http://", "http:///callback", "://x", "",
        "com.example.app:/callback", "ftp://127.0.0.1/callback", "http://:80/callback",
        // Markup.
        "http://127.0.0.1/\"onload=", "http://127.0.0.1/<script>", "http://127.0.0.1/`", "http://127.0.0.1/{x}",
    ])
    func `a hostile or malformed spelling is no redirect URI`(text: String) {
        #expect(RedirectURI(text) == nil)
    }

    @Test func `scheme and host are compared without regard to case`() throws {
        #expect(try Self.matches("HTTP://LocalHost:5000/callback", "http://localhost/callback"))
    }

    @Test func `a long URI is refused`() {
        let room = 2048 - "http://127.0.0.1/".utf8.count
        #expect(RedirectURI("http://127.0.0.1/" + String(repeating: "a", count: room)) != nil)
        #expect(RedirectURI("http://127.0.0.1/" + String(repeating: "a", count: room + 1)) == nil)
    }

    @Test(arguments: [
        "https://a'b.example/", "https://a;b.example/", "https://a,b.example/", "https://*/", "https://a$b/",
    ])
    func `a host has only characters that cannot become part of a content security policy`(text: String) {
        #expect(RedirectURI(text) == nil)
    }
}
