import KeyfobProtocol

/// Ending a token on the server ([RFC 7009](https://www.rfc-editor.org/rfc/rfc7009)).
public enum Revocation {
    /// What a token is, which helps the server to find it (RFC 7009 section 2.1).
    public enum Hint: String, Sendable {
        /// An access token.
        case accessToken = "access_token"
        /// A refresh token.
        case refreshToken = "refresh_token"
    }

    /// Revokes a token.
    ///
    /// A server answers 200 for a token that it does not know as well: the purpose is achieved (RFC 7009 section 2.2).
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - hint: What it is; `nil` sends no hint.
    ///   - endpoint: The revocation endpoint.
    ///   - client: Who the token was issued to.
    /// - Returns: The exchange, which yields nothing.
    public static func revoke(
        _ token: String, _ hint: Hint?, at endpoint: WebAddress, as client: ClientIdentity
    ) -> Exchange<Void> {
        let fields = FormFields([("token", token), ("token_type_hint", hint?.rawValue)])
        return Exchange(.form(endpoint, fields, as: client)) { reply throws(ClientError) in
            guard reply.status == 200 || reply.status == 204 else { throw reply.failure(reading: "revocation") }
            // A page with status 200 is a proxy's answer, not the server's.
            guard reply.mediaType != "text/html" else { throw reply.pageInstead(of: "revocation") }
        }
    }
}
