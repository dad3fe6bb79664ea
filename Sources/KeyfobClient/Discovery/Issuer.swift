/// The identifier of an authorization server ([RFC 8414 section 2](https://www.rfc-editor.org/rfc/rfc8414#section-2)).
///
/// Two issuers are the same only if their texts are the same, code point by code point (RFC 8414 section 3.3).
public struct Issuer: Sendable, Hashable, CustomStringConvertible {
    /// The identifier's address.
    public let address: WebAddress

    /// Reads an issuer.
    ///
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress`` for text that is not an issuer, or
    ///   ``ClientError/Code/insecureAddress`` for plain HTTP to another machine.
    public init(_ text: String) throws(ClientError) {
        let shown = HTTPReply.printable(text)
        guard let address = WebAddress(text) else {
            throw ClientError(
                .invalidAddress, "\"\(shown)\" is not the address of a sign-in server",
                hint: "give it in full, such as https://auth.example.com")
        }
        guard address.query == nil else {
            throw ClientError(
                .invalidAddress, "an issuer has no query: \(shown)",
                hint: "leave out the question mark and what follows")
        }
        guard address.isConfidential else {
            throw ClientError(
                .insecureAddress, "\(shown) is not encrypted",
                hint: "use https; plain http is accepted for this machine only")
        }
        self.address = address
    }

    /// Reads what a person typed: a missing scheme becomes `https`, or `http` for this machine.
    ///
    /// - Throws: The errors of ``init(_:)``.
    public init(typed text: String) throws(ClientError) {
        if text.contains("://") {
            try self.init(text)
        } else {
            let isLoopback = WebAddress("http://\(text)")?.isLoopback ?? false
            try self.init((isLoopback ? "http://" : "https://") + text)
        }
    }

    /// The identifier.
    public var description: String { address.text }

    /// The same text.
    public var text: String { address.text }
}
