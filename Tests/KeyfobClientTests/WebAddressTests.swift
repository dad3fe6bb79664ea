import KeyfobClient
import Testing

struct WebAddressTests {
    @Test func `the parts of an address are told apart`() throws {
        let address = try #require(WebAddress("https://Auth.Example.com:8443/realms/a?x=1&y=/2"))
        #expect(address.scheme == "https")
        #expect(address.host == "auth.example.com")
        #expect(address.port == 8443)
        #expect(address.path == "/realms/a")
        #expect(address.query == "x=1&y=/2")
        #expect(address.origin == "https://auth.example.com:8443")
        #expect(address.requestTarget == "/realms/a?x=1&y=/2")
    }

    @Test func `an address without a path asks for the root`() throws {
        #expect(try #require(WebAddress("https://a.example?x=1")).requestTarget == "/?x=1")
    }

    @Test(arguments: [
        "a.example", "ftp://a.example", "https://", "https:///x", "https://user@a.example", "https://a.example#f",
        "https://a.example\\@b.example", "https://a.example:0", "https://a.example:65536", "https://a.example:1x",
        "https://a example", "https://[::1", "https://a.exam\u{E9}ple", "https://a.example/\n", "",
    ])
    func `text that two programs could read differently is no address`(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test(arguments: [
        "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:80/x", "http://localhost", "https://other.example",
    ])
    func `secrets may go over TLS and within this machine`(text: String) throws {
        #expect(try #require(WebAddress(text)).isConfidential)
    }

    @Test(arguments: [
        "http://other.example", "http://127.0.0.1.example.com", "http://localhost.example", "http://127.0.0.1.1",
        "http://127.0.1", "http://10.0.0.1",
    ])
    func `secrets never go in the clear to another machine`(text: String) throws {
        #expect(try !#require(WebAddress(text)).isConfidential)
    }
}
