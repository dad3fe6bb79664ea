import KeyfobClient
import KeyfobTransport
import Testing

struct ProxySettingsTests {
    private static func host(_ address: String, _ environment: [String: String]) throws -> String? {
        let server = ProxySettings(environment: environment).server(for: try #require(WebAddress(address)))
        return server.map { "\($0.host):\($0.port)" }
    }

    @Test func `each scheme has its variable, in lower or upper case, and one for all`() throws {
        #expect(try Self.host("https://a.example", ["HTTPS_PROXY": "http://p:1"]) == "p:1")
        #expect(try Self.host("https://a.example", ["https_proxy": "p:2", "HTTPS_PROXY": "p:1"]) == "p:2")
        #expect(try Self.host("http://a.example", ["http_proxy": "p:3"]) == "p:3")
        #expect(try Self.host("https://a.example", ["all_proxy": "http://p:4"]) == "p:4")
        #expect(try Self.host("https://a.example", ["http_proxy": "p:3"]) == nil)
    }

    // A CGI program gets the request's `Proxy` field as HTTP_PROXY.
    @Test func `HTTP_PROXY in upper case is ignored`() throws {
        #expect(try Self.host("http://a.example", ["HTTP_PROXY": "p:1"]) == nil)
    }

    @Test(arguments: ["socks5://p:1", "https://p:1", "http://p:x", "", "http://"])
    func `what is no HTTP proxy is ignored`(value: String) throws {
        #expect(try Self.host("https://a.example", ["https_proxy": value]) == nil)
    }

    @Test(arguments: ["http://127.0.0.1:8", "http://localhost:8", "https://[::1]:8"])
    func `this machine is never behind a proxy`(address: String) throws {
        #expect(try Self.host(address, ["all_proxy": "p:1"]) == nil)
    }

    @Test(arguments: [
        ("*", true), ("a.example", true), (".example", true), ("example", true), ("b.example", false),
        ("ample", false), ("x.example, a.example", true), ("A.EXAMPLE", true), ("a.example:443", false),
        ("a.example:8443", true),
    ])
    func `no_proxy names hosts and what is below them`(list: String, isDirect: Bool) throws {
        let found = try Self.host("https://a.example:8443", ["https_proxy": "p:1", "no_proxy": list])
        #expect((found == nil) == isDirect)
    }

    @Test func `a proxy's password is in no description`() {
        let settings = ProxySettings(environment: ["all_proxy": "http://u:s3cr3t@p:1"])
        #expect(!"\(settings)".contains("s3cr3t"))
        #expect(!String(reflecting: settings).contains("s3cr3t"))
    }
}
