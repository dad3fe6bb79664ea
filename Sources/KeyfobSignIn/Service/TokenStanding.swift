public import KeyfobClient
public import KeyfobCredentials
public import KeyfobProtocol

/// What a server says of an access token.
public enum TokenStanding: Sendable, Equatable {
    /// It accepts the token, and may say whose it is.
    case accepted(UserInfoReply?)
    /// It does not accept the token.
    case refused
    /// It has no way of being asked.
    case unknown
}

extension ResolvedService {
    /// Asks the server whether it accepts a token: at the facts' resource, or userinfo, or introspection.
    ///
    /// - Parameters:
    ///   - token: The access token.
    ///   - client: Who asks.
    ///   - transport: The way to the server.
    /// - Returns: What the server says.
    /// - Throws: ``ClientError`` when there was no answer to the question.
    public func standing(
        of token: Secret, as client: ClientIdentity, over transport: any HTTPTransport
    ) async throws(ClientError) -> TokenStanding {
        do {
            if let checkAddress {
                let address = try Endpoint.address(checkAddress, for: "checking a token")
                try await transport.perform(TokenCheck.ask(with: token.reveal(), at: address))
                return .accepted(nil)
            }
            if let text = metadata.userInfoEndpoint {
                let address = try Endpoint.address(text, for: "user information")
                return .accepted(try await transport.perform(UserInfo.ask(with: token.reveal(), at: address)))
            }
            if let text = metadata.introspectionEndpoint {
                let address = try Endpoint.address(text, for: "introspection")
                let look = Introspection.look(up: token.reveal(), at: address, as: client)
                return try await transport.perform(look).active ? .accepted(nil) : .refused
            }
            return .unknown
        } catch {
            // The token is good; it only does not cover userinfo (RFC 6750 section 3.1).
            if error.oauthError == .insufficientScope { return .accepted(nil) }
            guard error.code == .unauthorized else { throw error }
            return .refused
        }
    }
}
