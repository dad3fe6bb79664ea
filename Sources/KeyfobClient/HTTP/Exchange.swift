import HTTPTypes

/// A request and the judgement of its reply, both pure; ``HTTPTransport/perform(_:limits:)`` brings them together.
public struct Exchange<Value: Sendable>: Sendable {
    /// What is sent.
    public var call: HTTPCall
    /// Reads the reply.
    public let parse: @Sendable (HTTPReply) throws(ClientError) -> Value

    /// Makes an exchange.
    public init(_ call: HTTPCall, parse: @escaping @Sendable (HTTPReply) throws(ClientError) -> Value) {
        self.call = call
        self.parse = parse
    }
}

extension HTTPTransport {
    /// Sends an exchange's call and judges its reply.
    ///
    /// - Throws: ``ClientError`` with ``ClientError/Code/unreachable``, ``ClientError/Code/replyTooLarge`` or
    ///   ``ClientError/Code/cancelled`` where there was no reply, else what the exchange throws.
    public func perform<Value>(
        _ exchange: Exchange<Value>, limits: HTTPLimits = HTTPLimits()
    ) async throws(ClientError) -> Value {
        let reply: HTTPReply
        do {
            reply = try await send(exchange.call, limits: limits)
        } catch {
            throw ClientError(error, calling: exchange.call)
        }
        do {
            return try exchange.parse(reply)
        } catch {
            throw error.hiding(exchange.call.secrets)
        }
    }
}

extension ClientError {
    /// The error for a call that had no reply.
    init(_ error: TransportError, calling call: HTTPCall) {
        let authority = call.request.authority ?? "the server"
        let (code, hint): (Code, String) =
            switch error.code {
            case .unreachable: (.unreachable, "check the address and the network, then try again")
            case .timedOut: (.unreachable, "the server or the network is slow; try again")
            case .tls: (.unreachable, "if a private authority signed the certificate, name its file in SSL_CERT_FILE")
            case .tooLarge: (.replyTooLarge, "check that this is the address of a sign-in server")
            case .malformed: (.unexpectedReply, "check that this is the address of a sign-in server")
            case .noPort: (.unreachable, "end the program that holds the port, then try again")
            case .cancelled: (.cancelled, "start again when you are ready")
            }
        self.init(code, "\(authority): \(error.message)", hint: hint, underlying: error)
    }
}
