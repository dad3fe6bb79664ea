import KeyfobProtocol

/// What a request says about the client that makes it
/// ([RFC 6749 section 2.3](https://www.rfc-editor.org/rfc/rfc6749#section-2.3)).
package struct ClientCredentials: Sendable, Hashable {
    /// The client's identifier.
    package let id: String
    /// The secret, by whichever of the two ways it came.
    package let secret: String?

    /// Makes credentials.
    package init(id: String, secret: String? = nil) {
        self.id = id
        self.secret = secret
    }
}

extension AuthorizationServer {
    /// The client that a request proves to come from; for a public client its identifier is enough.
    ///
    /// - Throws: ``ServerError`` with `invalid_client`, the same for an unknown client and a wrong secret.
    package func authenticate(_ credentials: ClientCredentials) async throws -> Client {
        let refusal = ServerError.oauth(.invalidClient, "the client is unknown or its secret is wrong")
        guard let client = try await client(credentials.id) else { throw refusal }
        switch (client.secretHash, credentials.secret) {
        case (nil, nil):
            return client
        case (let expected?, let secret?):
            // Compared as hashes: what the time of a comparison tells about a hash helps nobody to find its secret.
            guard Self.clientSecretFormat.accepts(secret), TokenFormat.hash(secret) == expected else { throw refusal }
            return client
        default:
            throw refusal
        }
    }
}
