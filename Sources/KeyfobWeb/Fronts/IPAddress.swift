#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A network address in one spelling, whatever spelling it came in.
struct IPAddress: Sendable, Hashable {
    /// Four bytes, or sixteen.
    let bytes: [UInt8]

    /// Reads an IPv4 or IPv6 address; one of IPv4 in IPv6 form is the IPv4 one
    /// ([RFC 4291 section 2.5.5.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2)).
    ///
    /// A zone is left out: it means something on one machine only. `nil` for any other text.
    init?(_ text: some StringProtocol) {
        var four = in_addr()
        var six = in6_addr()
        let name = String(text.prefix { $0 != "%" })
        // The C functions would read up to a zero byte, and not see what stands behind it.
        guard !name.utf8.contains(0) else { return nil }
        if inet_pton(AF_INET, name, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, name, &six) == 1 {
            let all = withUnsafeBytes(of: &six) { Array($0) }
            bytes = Array(all.prefix(12)) == Self.mapped ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }

    /// Reads an address as proxies write it: bare, or with a port, where an IPv6 address is in brackets.
    ///
    /// `nil` for any other text, such as `unknown`.
    init?(forwarded text: some StringProtocol) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]"), Self.isPort(text[text.index(after: end)...]) else { return nil }
            self.init(text[text.index(after: text.startIndex)..<end])
        } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
            guard Self.isPort(text[colon...]) else { return nil }
            self.init(text[..<colon])
        } else {
            self.init(text)
        }
    }

    /// The address in the spelling that everyone uses (RFC 5952).
    var text: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { $0.copyBytes(from: bytes) }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else {
            // The buffer has the size that the function asks for, and the family is one that it knows.
            preconditionFailure("an address of sixteen bytes has a text")
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Whether text is nothing, or a colon and a port.
    private static func isPort(_ text: some StringProtocol) -> Bool {
        text.isEmpty || (text.hasPrefix(":") && UInt16(text.dropFirst()) != nil)
    }
}
