public import KeyfobProtocol

/// Asking who a token belongs to
/// ([OpenID Connect Core section 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)).
public enum UserInfo {
    /// Asks with an access token.
    ///
    /// The exchange throws ``ClientError/Code/unauthorized`` for a token that is not accepted.
    public static func ask(with accessToken: String, at endpoint: WebAddress) -> Exchange<UserInfoReply> {
        Exchange(.get(endpoint, bearer: accessToken)) { reply throws(ClientError) in
            try reply.json(UserInfoReply.self, of: "user information")
        }
    }
}
