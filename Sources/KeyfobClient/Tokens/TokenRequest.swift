import HTTPTypes
public import KeyfobProtocol

/// Requests to the token endpoint ([RFC 6749 section 3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
public struct TokenRequest: Sendable {
    /// The token endpoint.
    public let endpoint: WebAddress
    /// Who asks.
    public let client: ClientIdentity

    /// Makes requests for an endpoint and a client.
    public init(endpoint: WebAddress, client: ClientIdentity) {
        self.endpoint = endpoint
        self.client = client
    }

    /// Redeems an authorization code ([RFC 6749 section 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3),
    /// [RFC 7636 section 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5)).
    ///
    /// - Parameters:
    ///   - code: The code of the callback.
    ///   - request: The authorization request that it answers.
    ///   - idempotencyKey: A random key; a repeat with the same key after a lost reply gets the same tokens from a
    ///     server that knows the header, and other servers ignore it.
    /// - Returns: The exchange.
    public func redeem(
        code: String, of request: AuthorizationRequest, idempotencyKey: String
    ) -> Exchange<TokenReply> {
        exchange(
            FormFields([
                ("grant_type", GrantType.authorizationCode.rawValue), ("code", code),
                ("redirect_uri", request.redirectURI), ("code_verifier", request.verifier),
            ]), key: idempotencyKey)
    }

    /// Refreshes ([RFC 6749 section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)), for the scopes that were
    /// granted.
    ///
    /// - Parameters:
    ///   - token: The refresh token.
    ///   - idempotencyKey: A random key, the same for every repeat of this refresh.
    /// - Returns: The exchange.
    public func refresh(_ token: String, idempotencyKey: String) -> Exchange<TokenReply> {
        exchange(
            FormFields([("grant_type", GrantType.refreshToken.rawValue), ("refresh_token", token)]),
            key: idempotencyKey)
    }

    private func exchange(_ fields: FormFields, key: String) -> Exchange<TokenReply> {
        var call = HTTPCall.form(endpoint, fields, as: client)
        call.setIdempotencyKey(key)
        return Exchange(call) { reply throws(ClientError) in try reply.tokens() }
    }
}
