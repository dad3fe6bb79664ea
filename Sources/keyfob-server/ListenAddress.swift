import KeyfobProtocol

/// Where to listen, as `HOST:PORT`.
struct ListenAddress {
    let host: String
    let port: Int

    /// - Throws: ``Failure`` if the text is no such pair.
    init(_ text: String) throws {
        let colon = text.lastIndex(of: ":")
        guard let colon, let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port),
            colon != text.startIndex
        else {
            throw Failure("\(text) is not an address to listen on", hint: "write HOST:PORT, such as 127.0.0.1:8080")
        }
        host = String(text[..<colon])
        self.port = port
    }

    var text: String { "\(host):\(port)" }
}

/// The issuer: `https`, or `http` on this machine, and nothing after the host and the port.
struct IssuerURL {
    let text: String

    /// - Throws: ``Failure`` for another kind of URL.
    init(_ text: String) throws {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let uri = RedirectURI(trimmed), uri.rest.isEmpty, trimmed.hasPrefix("https://") || uri.isLoopback else {
            throw Failure(
                "\(text) can't be the issuer",
                hint: "use https://HOST without a path, or http with 127.0.0.1, [::1] or localhost"
            )
        }
        self.text = trimmed
    }
}
