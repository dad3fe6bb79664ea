/// A range of addresses, such as `10.0.0.0/8` or a single one
/// ([RFC 4632 section 3.1](https://www.rfc-editor.org/rfc/rfc4632#section-3.1)).
struct AddressRange: Sendable, Hashable {
    private let address: IPAddress
    private let bits: Int

    /// Reads an address, or an address and the number of its leading bits that count.
    ///
    /// - Returns: `nil` for any other text, also if bits after the leading ones are set: then one of the two is a slip.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { return nil }
        let width = address.bytes.count * 8
        var bits = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let named = Int(parts[1]) else {
                return nil
            }
            // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
            bits = parts[0].contains(":") && width == 32 ? named - 96 : named
        }
        guard (0...width).contains(bits) else { return nil }
        self.address = address
        self.bits = bits
        guard address.bytes.indices.allSatisfy({ address.bytes[$0] & ~Self.mask(of: $0, bits) == 0 }) else {
            return nil
        }
    }

    /// Whether an address is in the range; an IPv4 range holds no IPv6 address.
    func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count
            && address.bytes.indices.allSatisfy { index in
                (other.bytes[index] ^ address.bytes[index]) & Self.mask(of: index, bits) == 0
            }
    }

    /// The bits of one byte that count.
    private static func mask(of index: Int, _ bits: Int) -> UInt8 {
        let left = min(max(bits - index * 8, 0), 8)
        return left == 0 ? 0 : ~UInt8(0) << UInt8(8 - left)
    }
}
