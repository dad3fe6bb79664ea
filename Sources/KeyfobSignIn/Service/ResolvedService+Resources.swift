public import FoundationEssentials
public import KeyfobClient
public import KeyfobCredentials

extension ResolvedService {
    /// The exchange that asks the service's API and reads the reply.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - type: What the reply is read as.
    ///   - token: The token to present; `nil` asks without one.
    /// - Returns: The exchange, which throws as ``ResourceRequest/reading(_:at:)`` says.
    /// - Throws: ``ClientError`` with ``ClientError/Code/unsupported`` for a service without an API.
    public func reading<Value: Decodable & Sendable>(
        _ request: ResourceRequest, as type: Value.Type, token: Secret?
    ) throws(ClientError) -> Exchange<Value> {
        try request.reading(type, at: try target(token))
    }

    /// The exchange that asks the service's API and wants nothing but success.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - token: The token to present; `nil` asks without one.
    /// - Returns: The exchange, which throws as ``ResourceRequest/reading(_:at:)`` says.
    /// - Throws: ``ClientError`` with ``ClientError/Code/unsupported`` for a service without an API.
    public func accepting(_ request: ResourceRequest, token: Secret?) throws(ClientError) -> Exchange<Void> {
        try request.accepted(at: try target(token))
    }

    /// Asks the service's API once.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - type: What the reply is read as.
    ///   - token: The token to present; `nil` asks without one.
    ///   - transport: The way to the service.
    /// - Returns: The reply.
    /// - Throws: ``ClientError``.
    public func send<Value: Decodable & Sendable>(
        _ request: ResourceRequest, as type: Value.Type, token: Secret?, over transport: any HTTPTransport
    ) async throws(ClientError) -> Value {
        try await transport.perform(reading(request, as: type, token: token))
    }

    /// Asks the service's API once, and wants nothing but success.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - token: The token to present; `nil` asks without one.
    ///   - transport: The way to the service.
    /// - Throws: ``ClientError``.
    public func send(
        _ request: ResourceRequest, token: Secret?, over transport: any HTTPTransport
    ) async throws(ClientError) {
        try await transport.perform(accepting(request, token: token))
    }

    /// Exchanges a long-lived token for the one that requests carry.
    ///
    /// - Parameters:
    ///   - token: The long-lived token.
    ///   - transport: The way to the service.
    ///   - now: The time.
    /// - Returns: The short-lived token; nothing is stored.
    /// - Throws: ``ClientError`` with ``ClientError/Code/unauthorized`` where the service refuses the token, or
    ///   ``ClientError/Code/unsupported`` where it exchanges none.
    public func exchange(
        _ token: Secret, over transport: any HTTPTransport, now: Date
    ) async throws(ClientError) -> Credential.Exchanged {
        guard let base, let exchange = facts?.exchange else {
            throw ClientError(.unsupported, "the service exchanges no tokens")
        }
        let reply = try await transport.perform(exchange.exchange(token.reveal(), at: base))
        return Credential.Exchanged(token: Secret(reply.token), expiresAt: now.addingTimeInterval(reply.life))
    }

    func target(_ token: Secret?) throws(ClientError) -> ResourceRequest.Target {
        guard let base else { throw ClientError(.unsupported, "the service has no API that is known here") }
        return ResourceRequest.Target(
            base: base, token: token?.reveal(), scheme: facts?.tokenScheme ?? .bearer,
            unwrapsData: facts?.unwrapsData ?? false)
    }
}
