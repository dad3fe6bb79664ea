/// Finding out whether a protected resource accepts a token, without reading what it says.
public enum TokenCheck {
    /// Asks a resource.
    ///
    /// The exchange throws ``ClientError/Code/unauthorized`` for a token that is not accepted (status 401,
    /// [RFC 6750 section 3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)).
    ///
    /// - Parameters:
    ///   - accessToken: The token.
    ///   - resource: A resource that answers JSON to whoever may read it.
    /// - Returns: The exchange, which yields nothing.
    public static func ask(with accessToken: String, at resource: WebAddress) -> Exchange<Void> {
        Exchange(.get(resource, bearer: accessToken)) { reply throws(ClientError) in
            guard (200..<300).contains(reply.status) else { throw reply.failure(reading: "resource") }
            guard reply.mediaType != "text/html" else { throw reply.pageInstead(of: "resource") }
        }
    }
}
