import KeyfobProtocol

/// An origin at which browsers and programs reach the server, such as `https://console.example`
/// ([RFC 6454 section 4](https://www.rfc-editor.org/rfc/rfc6454#section-4)).
package struct Origin: Sendable, Hashable {
    /// Scheme, host in lower case, and the port unless it is the scheme's own; no slash at the end.
    package let text: String
    /// What `Host` fields name it by: always the host, with the port where one has to or may be written.
    let authorities: [String]

    /// Reads an origin: `https`, or `http` where the name stays on this machine (RFC 6761 section 6.3).
    ///
    /// One slash at the end is left out. `nil` for any other text, such as one with a path.
    package init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let uri = RedirectURI(trimmed), uri.rest.isEmpty else { return nil }
        let isSecure = uri.origin.hasPrefix("https://")
        guard isSecure || uri.isLoopback || uri.origin.hasSuffix(".localhost") else { return nil }
        let host = String(uri.origin.dropFirst(isSecure ? 8 : 7))
        let usual = isSecure ? 443 : 80
        let port = uri.port ?? usual
        self.text = port == usual ? uri.origin : "\(uri.origin):\(port)"
        authorities = port == usual ? [host, "\(host):\(port)"] : ["\(host):\(port)"]
    }

    /// Whether browsers reach it by https.
    var isSecure: Bool { text.hasPrefix("https://") }
}
