import KeyfobWeb
import Testing

/// Whose word about an address counts.
struct TrustedProxiesTests {
    private static let own = ["127.0.0.1", "::1", "10.0.0.0/8", "2001:db8:aa::/48"]

    @Test(arguments: [
        ("203.0.113.9", ["198.51.100.7"]), ("127.0.0.2", ["198.51.100.7"]), ("11.0.0.1", ["198.51.100.7"]),
        ("2001:db8:ab::1", ["198.51.100.7"]), ("::2", ["198.51.100.7"]),
    ])
    func `what a stranger sends about itself is not read`(peer: String, fields: [String]) throws {
        #expect(try TrustedProxies(Self.own).client(peer: peer, forwardedFor: fields) == peer)
    }

    @Test
    func `without a list nobody is trusted, not even this machine`() {
        #expect(TrustedProxies.none.client(peer: "127.0.0.1", forwardedFor: ["198.51.100.7"]) == "127.0.0.1")
        #expect(TrustedProxies.none.client(peer: nil, forwardedFor: ["198.51.100.7"]) == nil)
    }

    @Test(arguments: [
        (["198.51.100.7"], "198.51.100.7"), ([], "127.0.0.1"),
        // The entries on the left are whatever the client sent.
        (["10.0.0.1, 127.0.0.1, 6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        (["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
        (["198.51.100.7, 10.1.2.3", "10.9.9.9"], "198.51.100.7"),
        // Nobody but proxies: the outermost one is who asks.
        (["10.0.0.2, 10.0.0.1"], "10.0.0.2"),
        (["  198.51.100.7\t"], "198.51.100.7"), (["198.51.100.7:50124"], "198.51.100.7"),
        (["[2001:db8::7]:50124"], "2001:db8::7"), (["[2001:db8::7]"], "2001:db8::7"),
    ])
    func `the address is the last one that no trusted proxy has`(fields: [String], client: String) throws {
        #expect(try TrustedProxies(Self.own).client(peer: "127.0.0.1", forwardedFor: fields) == client)
    }

    @Test(arguments: [
        "unknown", "", ",", "6.6.6.6,", "198.51.100.7 6.6.6.6", "198.51.100.7:port", "198.51.100.7:99999", "_hidden",
        "198.51.100", "0198.51.100.7", "198.51.100.7/8", "[2001:db8::7", "2001:db8::7]", "[198.51.100.7]x", "::ffff:",
        "evil.example", "198.51.100.7\u{0}", "１98.51.100.7",
    ])
    func `where a proxy names no address, the proxy is all that is known`(entry: String) throws {
        #expect(
            try TrustedProxies(Self.own).client(peer: "127.0.0.1", forwardedFor: ["6.6.6.6, " + entry]) == "127.0.0.1")
    }

    @Test(arguments: [
        ("::ffff:127.0.0.1", "127.0.0.1"), ("::FFFF:7f00:1", "127.0.0.1"), ("0:0:0:0:0:0:0:1", "::1"),
        ("2001:DB8:00AA:0::0001", "2001:db8:aa::1"), ("fe80::1%eth0", "fe80::1"),
    ])
    func `one address in two spellings is one address`(spelling: String, usual: String) throws {
        #expect(TrustedProxies.none.client(peer: spelling, forwardedFor: []) == usual)
        let proxies = try TrustedProxies([usual])
        #expect(proxies.client(peer: spelling, forwardedFor: ["198.51.100.7"]) == "198.51.100.7")
        #expect(proxies.client(peer: usual, forwardedFor: ["198.51.100.7, " + spelling]) == "198.51.100.7")
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
        ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("::/0", "2001:db8::1", true), ("::/0", "203.0.113.1", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("::ffff:10.0.0.0/104", "10.1.1.1", true), ("192.0.2.1/32", "192.0.2.1", true),
        ("2001:db8::1/128", "2001:db8::1", true), ("2001:db8::1/128", "2001:db8::2", false),
    ])
    func `a range holds what its leading bits say, of its own family`(range: String, peer: String, holds: Bool) throws {
        let client = try TrustedProxies([range]).client(peer: peer, forwardedFor: ["198.51.100.7"])
        #expect((client == "198.51.100.7") == holds)
    }

    @Test(arguments: [
        "", "proxy.example", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8",
        "10.0.0", "::/129", "2001:db8::1/64", "*", "10.0.0.0/8 ", "::ffff:10.0.0.0/8", "010.0.0.0/8",
    ])
    func `text that is no range, or a range with stray bits, is refused`(text: String) {
        #expect(throws: MalformedAddress(text: text)) { try TrustedProxies(["127.0.0.1", text]) }
    }
}
