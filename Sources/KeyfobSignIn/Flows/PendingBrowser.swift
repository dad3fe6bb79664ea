public import KeyfobClient
public import KeyfobCredentials
import KeyfobProtocol
import Synchronization

/// A browser sign-in that waits for the browser to come back.
public struct PendingBrowser: Sendable {
    /// Where to send the browser.
    public var url: String { request.url }

    private let flow: SignInFlow
    private let request: AuthorizationRequest
    private let tokens: TokenRequest
    private let receiver: any RedirectReceiver

    fileprivate init(
        flow: SignInFlow, request: AuthorizationRequest, tokens: TokenRequest, receiver: any RedirectReceiver
    ) {
        self.flow = flow
        self.request = request
        self.tokens = tokens
        self.receiver = receiver
    }

    /// Waits for the browser and redeems the code.
    ///
    /// - Parameters:
    ///   - limit: The longest time to wait for the browser.
    ///   - clock: What measures and waits.
    /// - Returns: The credential, not yet stored.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/timedOut``, or what the server
    ///   said; `CancellationError` when the task is cancelled.
    public func finish(limit: Duration, clock: some Clock<Duration>) async throws -> Credential {
        let code = try await code(limit: limit, clock: clock)
        return try await flow.credential(redeem(code, clock: clock), nonce: request.nonce)
    }

    private func code(limit: Duration, clock: some Clock<Duration>) async throws -> String {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await received() }
            group.addTask {
                try await clock.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let code = first else {
                throw ClientError(
                    .timedOut, "the browser did not come back in time", hint: "start again, or allow more time")
            }
            return code
        }
    }

    private func received() async throws -> String {
        let outcome = CallbackOutcome()
        try await receiver.receive { query in outcome.judge(query, request) }
        return try outcome.code()
    }

    // A lost reply costs nothing: the repeat carries the same key, and the code is good for its own client for some
    // seconds more.
    private func redeem(_ code: String, clock: some Clock<Duration>) async throws -> TokenReply {
        let key = Base64URL.encode(flow.random.bytes(24))
        let exchange = tokens.redeem(code: code, of: request, idempotencyKey: key)
        for pause in [Duration.seconds(1), .seconds(2)] {
            do {
                return try await flow.transport.perform(exchange)
            } catch {
                guard error.isTransient else { throw error }
                try await clock.sleep(for: pause)
            }
        }
        return try await flow.transport.perform(exchange)
    }
}

extension SignInFlow {
    /// Starts the browser flow with PKCE.
    ///
    /// - Parameter receiver: Where the browser comes back to; the caller closes it.
    /// - Returns: What to open, and how to go on.
    /// - Throws: ``ClientError`` where the server lacks an endpoint.
    public func startBrowser(_ receiver: any RedirectReceiver) throws(ClientError) -> PendingBrowser {
        let request = AuthorizationRequest(
            target: try AuthorizationRequest.Target(service.metadata), clientID: client.id,
            redirectURI: receiver.redirectURI, scopes: scopes, random: random)
        let endpoint = try Endpoint.address(service.metadata.tokenEndpoint, for: "tokens")
        let tokens = TokenRequest(endpoint: endpoint, client: client)
        return PendingBrowser(flow: self, request: request, tokens: tokens, receiver: receiver)
    }
}

// What the first callback of our own said.
private final class CallbackOutcome: Sendable {
    private let result = Mutex<Result<String, ClientError>?>(nil)

    func judge(_ query: String, _ request: AuthorizationRequest) -> RedirectVerdict {
        do throws(ClientError) {
            let code = try request.code(fromCallback: query)
            result.withLock { $0 = .success(code) }
            return .accepted
        } catch {
            if error.code == .stateMismatch { return .foreign }
            result.withLock { $0 = .failure(error) }
            return error.code == .denied ? .denied : .failed(error.message)
        }
    }

    func code() throws -> String {
        guard let result = result.withLock({ $0 }) else {
            throw ClientError(.stateMismatch, "the browser came back from another sign-in")
        }
        return try result.get()
    }
}
