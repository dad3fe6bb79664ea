#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The network that an address belongs to, as far as limits are concerned.
///
/// One IPv4 address is one network; of an IPv6 address the first 64 bits are, since whoever has one address there has
/// all of them. Spelling variants of one address give one network.
enum Network {
    /// Whether a network is this machine.
    static func isLoopback(_ network: String) -> Bool {
        network == name(of: "127.0.0.1") || network == name(of: "::1")
    }

    /// The network's name; text that is no address is one network of its own.
    static func name(of address: String) -> String {
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            return "4:\(UInt32(bigEndian: four.s_addr))"
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &six) == 1 else { return "unknown" }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            // An IPv4 address in IPv6 form.
            return "4:\(bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })"
        }
        return "6:" + bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ".")
    }
}
