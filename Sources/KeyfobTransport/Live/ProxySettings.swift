public import KeyfobClient

/// Which proxy a request goes through, as the usual variables say.
public struct ProxySettings: Sendable, Hashable {
    /// An HTTP proxy that is reached by plain TCP and asked with `CONNECT`.
    public struct Server: Sendable, Hashable {
        /// The proxy's host.
        public let host: String
        /// The proxy's port.
        public let port: Int
        let credentials: Credentials?
    }

    struct Credentials: Sendable, Hashable, CustomStringConvertible {
        let user: String
        let password: String
        var description: String { "<redacted>" }
    }

    /// The proxy of `https` requests.
    public let https: Server?
    /// The proxy of `http` requests.
    public let http: Server?
    private let exceptions: [Substring]

    /// No proxy at all.
    public static let none = ProxySettings(environment: [:])

    /// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, each in lower or upper case.
    ///
    /// `HTTP_PROXY` in upper case is ignored, as other programs do, since in a CGI process a visitor can set it. A
    /// value that is not the address of an HTTP proxy is ignored as well.
    ///
    /// - Parameter environment: The variables.
    public init(environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        https = (value("https_proxy", "HTTPS_PROXY") ?? all).flatMap { Server(parsing: $0) }
        http = (value("http_proxy") ?? all).flatMap { Server(parsing: $0) }
        exceptions = (value("no_proxy", "NO_PROXY") ?? "").lowercased()
            .split { $0 == "," || $0 == " " }
    }

    /// The proxy for an address; `nil` for a direct connection, which this machine always gets.
    public func server(for address: WebAddress) -> Server? {
        guard !address.isLoopback, !isExcepted(address) else { return nil }
        return address.scheme == "https" ? https : http
    }

    // A name stands for itself and for everything below it, with or without a leading dot; "*" for everything.
    private func isExcepted(_ address: WebAddress) -> Bool {
        exceptions.contains { entry in
            if entry == "*" { return true }
            let name = entry.hasPrefix(".") ? entry.dropFirst() : entry
            return [address.host, address.authority].contains { $0 == name || $0.hasSuffix("." + name) }
        }
    }
}

extension ProxySettings.Server {
    fileprivate init?(parsing text: String) {
        var rest = Substring(text)
        if let colons = rest.firstRange(of: "://") {
            guard rest[..<colons.lowerBound].lowercased() == "http" else { return nil }
            rest = rest[colons.upperBound...]
        }
        var credentials: ProxySettings.Credentials?
        if let at = rest.lastIndex(of: "@") {
            let halves = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = halves.map { PercentDecoding.decode($0) }
            credentials = ProxySettings.Credentials(
                user: decoded.first ?? "", password: decoded.count > 1 ? decoded[1] : "")
            rest = rest[rest.index(after: at)...]
        }
        guard let address = WebAddress("http://\(rest)") else { return nil }
        self.init(host: address.host, port: address.port ?? 1080, credentials: credentials)
    }
}

private enum PercentDecoding {
    static func decode(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
