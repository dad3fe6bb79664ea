/// An absolute `http` or `https` address, read strictly.
///
/// Addresses come from people, from metadata and from replies; text that two programs could read as two different
/// hosts (backslashes, user information, spaces, fragments) is refused instead of guessed at.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as it was given.
    public let text: String
    /// `http` or `https`.
    public let scheme: String
    /// The host in lower case; an IPv6 address keeps its brackets.
    public let host: String
    /// The port, if the address names one.
    public let port: Int?
    /// The path without the query; empty if there is none.
    public let path: String
    /// The query without its question mark, if there is one.
    public let query: String?

    /// Parses an absolute address; `nil` for anything that is not one.
    public init?(_ text: String) {
        guard text.utf8.count <= 8192, text.utf8.allSatisfy(Self.isAllowed), let colons = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<colons.lowerBound].lowercased()
        let remainder = text[colons.upperBound...]
        let authority = remainder.prefix { $0 != "/" && $0 != "?" }
        guard scheme == "http" || scheme == "https", let (host, port) = Self.split(authority) else { return nil }
        let target = remainder.dropFirst(authority.count)
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.text = text
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.path = halves.first.map { String($0) } ?? ""
        self.query = halves.count > 1 ? String(halves[1]) : nil
    }

    /// The address as it was given.
    public var description: String { text }

    /// Host and port as a `Host` field has them.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// Scheme, host and port, such as `https://example.com:8443`.
    public var origin: String { "\(scheme)://\(authority)" }

    /// What a request line names: path and query, at least a slash.
    public var requestTarget: String {
        (path.isEmpty ? "/" : path) + (query.map { "?\($0)" } ?? "")
    }

    /// Whether the host is this machine, where plain HTTP stays within it
    /// ([RFC 8252 section 8.3](https://www.rfc-editor.org/rfc/rfc8252#section-8.3)).
    public var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
    }

    /// Whether a secret may be sent there: over TLS, or within this machine.
    public var isConfidential: Bool { scheme == "https" || isLoopback }

    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        guard !authority.contains("@") else { return nil }
        let hostEnd: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            hostEnd = authority.index(after: bracket)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = String(authority[..<hostEnd])
        let tail = authority[hostEnd...]
        guard !host.isEmpty, host.first != ".", !host.contains("%") else { return nil }
        if tail.isEmpty { return (host, nil) }
        let digits = tail.dropFirst()
        guard tail.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65535).contains(port)
        else { return nil }
        return (host, port)
    }

    private static let forbidden = Array("\"#<>\\^`{|}".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !forbidden.contains(byte)
    }
}
