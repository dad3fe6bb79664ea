public import KeyfobProtocol

/// Asking the server about a token ([RFC 7662](https://www.rfc-editor.org/rfc/rfc7662)).
public enum Introspection {
    /// Looks a token up.
    public static func look(
        up token: String, at endpoint: WebAddress, as client: ClientIdentity
    ) -> Exchange<IntrospectionReply> {
        Exchange(.form(endpoint, FormFields([("token", token)]), as: client)) { reply throws(ClientError) in
            try reply.json(IntrospectionReply.self, of: "introspection reply")
        }
    }
}
