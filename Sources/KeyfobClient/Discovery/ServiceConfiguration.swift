public import KeyfobProtocol

/// What a service's own configuration document says of its sign-in: which server, which client, which scopes.
public struct ServiceConfiguration: Sendable, Hashable, Decodable {
    /// The issuer that signs people in.
    public let issuer: String
    /// The client identifier to use there.
    public let clientID: String
    /// The scopes to ask for; `nil` if the service does not say.
    public let scopes: Scopes?

    private enum CodingKeys: String, CodingKey {
        case issuer, scopes
        case clientID = "client_id"
    }

    /// Reads the document.
    ///
    /// The exchange yields `nil` where there is none: any definite answer that is not the document.
    ///
    /// - Parameters:
    ///   - path: The document's path.
    ///   - base: The service's address.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    public static func read(
        _ path: String, at base: WebAddress
    ) throws(ClientError) -> Exchange<ServiceConfiguration?> {
        Exchange(.get(try base.appending(ResourcePath(verbatim: path)))) { reply throws(ClientError) in
            do throws(ClientError) {
                return try reply.json(ServiceConfiguration.self, of: "sign-in configuration")
            } catch {
                guard !error.isTransient else { throw error }
                return nil
            }
        }
    }
}
