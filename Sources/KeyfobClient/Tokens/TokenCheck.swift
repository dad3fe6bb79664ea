/// Finding out whether a protected resource accepts a token, without reading what it says.
public enum TokenCheck {
    /// Asks a resource that answers to whoever may read it.
    ///
    /// The exchange throws ``ClientError/Code/unauthorized`` for a token that is not accepted (status 401,
    /// [RFC 6750 section 3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)), and yields what the resource says
    /// where that is JSON.
    ///
    /// - Parameters:
    ///   - resource: The path of the resource.
    ///   - target: The service, and the token.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    public static func ask(
        _ resource: ResourcePath, at target: ResourceRequest.Target
    ) throws(ClientError) -> Exchange<ReplyValue?> {
        let accepted = try ResourceRequest(.get, resource).accepted(at: target)
        let reading = try ResourceRequest(.get, resource).reading(ReplyValue.self, at: target)
        return Exchange(accepted.call) { reply throws(ClientError) in
            try accepted.parse(reply)
            // The status was the question; an empty body or one of another kind is no reason to doubt it.
            return try? reading.parse(reply)
        }
    }
}
