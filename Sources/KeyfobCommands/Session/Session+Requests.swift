public import KeyfobClient
public import KeyfobCredentials
import KeyfobSignIn

extension Session {
    /// Gets a resource of the product's service, as who is signed in.
    ///
    /// - Parameters:
    ///   - path: The path below the service's address; interpolated values are encoded.
    ///   - type: What the reply is.
    /// - Returns: The reply.
    /// - Throws: What ``send(_:as:with:)`` throws.
    public func get<Reply: Decodable & Sendable>(
        _ path: ResourcePath, as type: Reply.Type = Reply.self
    ) async throws -> Reply {
        try await send(ResourceRequest(.get, path), as: type)
    }

    /// Posts an object to the product's service, as who is signed in.
    ///
    /// - Parameters:
    ///   - path: The path below the service's address; interpolated values are encoded.
    ///   - body: What becomes JSON.
    ///   - type: What the reply is.
    /// - Returns: The reply.
    /// - Throws: What ``send(_:as:with:)`` throws.
    public func post<Reply: Decodable & Sendable>(
        _ path: ResourcePath, json body: some Encodable, as type: Reply.Type = Reply.self
    ) async throws -> Reply {
        try await send(ResourceRequest(.post, path, json: body), as: type)
    }

    /// Sends a request to the product's service and reads its reply.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - type: What the reply is.
    ///   - token: What to present; `nil` takes the token of who is signed in, refreshed or exchanged if need be.
    /// - Returns: The reply.
    /// - Throws: ``ClientError``; ``SignInError`` where nobody is signed in.
    public func send<Reply: Decodable & Sendable>(
        _ request: ResourceRequest, as type: Reply.Type = Reply.self, with token: Secret? = nil
    ) async throws -> Reply {
        let service = try located()
        return try await withToken(token) { token in
            try await repeating(try service.reading(request, as: type, token: token))
        }
    }

    /// Sends a request whose reply says nothing but that it was done.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - token: What to present; `nil` takes the token of who is signed in.
    /// - Throws: ``ClientError``; ``SignInError`` where nobody is signed in.
    public func perform(_ request: ResourceRequest, with token: Secret? = nil) async throws {
        let service = try located()
        try await withToken(token) { token in
            try await repeating(try service.accepting(request, token: token))
        }
    }

    // A token that was exchanged may have been ended before its time: then one more is asked for, once.
    private func withToken<Result>(_ given: Secret?, _ body: (Secret) async throws -> Result) async throws -> Result {
        if let given { return try await body(given) }
        let (token, source) = try await presentedToken()
        do {
            return try await body(token)
        } catch let error as ClientError where error.code == .unauthorized {
            guard let successor = try await exchangedToken(replacing: token, of: source) else { throw error }
            return try await body(successor)
        }
    }

    private func repeating<Reply>(_ exchange: Exchange<Reply>) async throws -> Reply {
        try await context.transport.perform(
            exchange, retrying: Retries(limit: wishes.retries), clock: context.clock)
    }
}
