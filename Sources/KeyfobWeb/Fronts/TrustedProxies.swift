/// The proxies whose word about the client's address counts; nobody's, unless the operator lists them.
///
/// Of what proxies say, only `X-Forwarded-For` is read: host and scheme are what the operator configured.
package struct TrustedProxies: Sendable {
    /// No proxy: the client is who is at the other end of the connection.
    package static let none = TrustedProxies(ranges: [])

    private let ranges: [AddressRange]

    /// Reads a list of addresses and ranges, such as `127.0.0.1` and `10.0.0.0/8`.
    ///
    /// - Throws: ``MalformedAddress`` with the first text that is neither.
    package init(_ texts: [String]) throws(MalformedAddress) {
        var ranges: [AddressRange] = []
        for text in texts {
            guard let range = AddressRange(text) else { throw MalformedAddress(text: text) }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    private init(ranges: [AddressRange]) {
        self.ranges = ranges
    }

    /// The client's address: each trusted proxy vouches for the entry that it added, from the last one backwards.
    ///
    /// What stands before the first address that is not a trusted proxy's can be anybody's invention.
    ///
    /// - Parameters:
    ///   - peer: The address at the other end of the connection.
    ///   - fields: The values of `X-Forwarded-For`, in the order in which they came.
    /// - Returns: The address in its usual spelling; the peer's where no trusted proxy says another.
    package func client(peer: String?, forwardedFor fields: [String]) -> String? {
        guard let peer, var known = IPAddress(peer) else { return peer }
        let entries = fields.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        var rest = entries[...]
        while ranges.contains(where: { $0.contains(known) }), let entry = rest.popLast(),
            // A proxy that names no address vouches for none.
            let named = IPAddress(forwarded: entry.trimmingOptionalWhitespace)
        {
            known = named
        }
        return known.text
    }
}

/// Text that is no address and no range of addresses.
package struct MalformedAddress: Error, Equatable {
    /// The text.
    package let text: String

    /// Makes an error.
    package init(text: String) {
        self.text = text
    }
}

extension Substring {
    /// The text without blanks and tabs around it (RFC 9110 section 5.6.3).
    fileprivate var trimmingOptionalWhitespace: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        return start.lastIndex { $0 != " " && $0 != "\t" }.map { start[...$0] } ?? ""
    }
}
