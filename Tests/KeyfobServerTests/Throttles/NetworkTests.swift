import Testing

@testable import KeyfobServer

/// CVE-2026-45364.
struct NetworkTests {
    @Test(arguments: [
        [
            "2001:db8:0:1::1", "2001:DB8:0:1::1", "2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1:ffff::",
            "2001:db8:0:1::1%eth0",
        ],
        ["192.0.2.1", "::ffff:192.0.2.1", "::FFFF:c000:0201", "0:0:0:0:0:ffff:192.0.2.1"],
        ["::1", "0:0:0:0:0:0:0:1"], ["not an address", "", "192.0.2.1:80", "300.1.1.1", "unknown"],
    ])
    func `spellings of one network have one name`(addresses: [String]) {
        #expect(Set(addresses.map(Network.name(of:))).count == 1)
    }

    @Test func `different networks have different names`() {
        let addresses = [
            "192.0.2.1", "192.0.2.2", "1.2.0.192", "2001:db8::", "2001:db8:0:1::", "2001:db8:1::", "2001:db9::", "1::",
            "10::", "::1", "x",
        ]
        #expect(Set(addresses.map(Network.name(of:))).count == addresses.count)
    }
}
