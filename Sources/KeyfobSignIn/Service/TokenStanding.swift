public import KeyfobClient
public import KeyfobCredentials
import KeyfobProtocol

/// What a server says of an access token.
public enum TokenStanding: Sendable, Equatable {
    /// It accepts the token, and may say whose it is.
    case accepted(TokenDetails?)
    /// It does not accept the token.
    case refused
    /// It has no way of being asked.
    case unknown
}

extension ResolvedService {
    /// Asks the server whether it accepts a token: at the facts' resource, or userinfo, or introspection.
    ///
    /// - Parameters:
    ///   - token: The token that requests carry.
    ///   - client: Who asks.
    ///   - transport: The way to the server.
    ///   - limits: What the question may spend.
    /// - Returns: What the server says.
    /// - Throws: ``ClientError`` when there was no answer to the question.
    public func standing(
        of token: Secret, as client: ClientIdentity, over transport: any HTTPTransport,
        limits: HTTPLimits = HTTPLimits()
    ) async throws(ClientError) -> TokenStanding {
        do {
            if let facts, let path = facts.checkPath {
                let ask = try TokenCheck.ask(ResourcePath(verbatim: path), at: try target(token))
                return .accepted(
                    try await transport.perform(ask, limits: limits).flatMap { TokenDetails($0, facts.details) })
            }
            if let text = metadata.userInfoEndpoint {
                let address = try Endpoint.address(text, for: "user information")
                let info = try await transport.perform(UserInfo.ask(with: token.reveal(), at: address), limits: limits)
                return .accepted(TokenDetails(info))
            }
            if metadata.introspectionEndpoint != nil {
                return try await introspect(token, as: client, over: transport, limits: limits)
                    .map { .accepted($0) } ?? .refused
            }
            return .unknown
        } catch {
            // The token is good; it only does not cover userinfo (RFC 6750 section 3.1).
            if error.oauthError == .insufficientScope { return .accepted(nil) }
            guard error.code == .unauthorized else { throw error }
            return .refused
        }
    }

    /// Looks a token up on the server ([RFC 7662](https://www.rfc-editor.org/rfc/rfc7662)).
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - client: Who asks.
    ///   - transport: The way to the server.
    ///   - limits: What the question may spend.
    /// - Returns: What the server says of it; `nil` for a token that is not active.
    /// - Throws: ``ClientError`` with ``ClientError/Code/unsupported`` for a service without introspection, or when
    ///   there was no answer.
    public func introspect(
        _ token: Secret, as client: ClientIdentity, over transport: any HTTPTransport,
        limits: HTTPLimits = HTTPLimits()
    ) async throws(ClientError) -> TokenDetails? {
        let address = try Endpoint.address(metadata.introspectionEndpoint, for: "looking tokens up")
        let reply = try await transport.perform(
            Introspection.look(up: token.reveal(), at: address, as: client), limits: limits)
        return reply.active ? TokenDetails(reply) : nil
    }
}
