/// A redirect URI of a native client ([RFC 8252 section 7](https://www.rfc-editor.org/rfc/rfc8252#section-7)).
public struct RedirectURI: Sendable, Hashable {
    /// The URI as it was given; redirects use exactly this text.
    public let text: String
    /// The scheme and the authority without the port, such as `http://127.0.0.1`.
    public let origin: String
    /// The port, if the URI names one.
    public let port: Int?
    /// What follows the authority: path and query.
    public let rest: String

    /// Parses an absolute URI without fragment and user information (RFC 6749 section 3.1.2).
    ///
    /// Returns `nil` for anything else, such as backslashes, control characters or spaces, in which browsers and
    /// servers read different hosts.
    public init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy(Self.isAllowed), let colons = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<colons.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let remainder = text[colons.upperBound...]
        let authority = remainder.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@"), let (host, port) = Self.split(authority) else { return nil }
        self.text = text
        self.origin = scheme + "://" + host.lowercased()
        self.port = port
        self.rest = String(remainder.dropFirst(authority.count))
    }

    /// Whether this is plain HTTP to the machine that the browser runs on.
    public var isLoopback: Bool {
        ["http://127.0.0.1", "http://[::1]", "http://localhost"].contains(origin)
    }

    /// The origin with its port, as a content security policy names it.
    public var originWithPort: String { port.map { "\(origin):\($0)" } ?? origin }

    /// Whether a request may use this URI where `registered` was registered.
    ///
    /// The texts must be equal, but for the port of a loopback URI (RFC 8252 section 7.3).
    public func matches(registered: RedirectURI) -> Bool {
        if text == registered.text { return true }
        return registered.isLoopback && origin == registered.origin && rest == registered.rest
    }

    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        let hostEnd: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            hostEnd = authority.index(after: bracket)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = String(authority[..<hostEnd])
        let tail = authority[hostEnd...]
        guard isHost(host) else { return nil }
        if tail.isEmpty { return (host, nil) }
        let digits = tail.dropFirst()
        guard tail.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65535).contains(port)
        else { return nil }
        return (host, port)
    }

    /// Letters, digits, `-`, `.`, `_`, or an IPv6 address in brackets: nothing that means something in the header fields
    /// in which an origin is named.
    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            return host.utf8.dropFirst().dropLast().allSatisfy { byte in
                switch byte {
                case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
                default: false
                }
            }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }

    private static let forbidden = Array("\"#<>\\^`{|}".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E: !Self.forbidden.contains(byte)
        default: false
        }
    }
}
