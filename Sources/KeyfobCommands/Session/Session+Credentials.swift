import FoundationEssentials
import KeyfobClient
import KeyfobCredentialFiles
public import KeyfobCredentials
import KeyfobProtocol
public import KeyfobSignIn

extension Session {
    /// Which credential applies.
    func chain(_ key: String?) -> CredentialChain {
        CredentialChain(product: product, environment: context.environment, store: file, key: key)
    }

    /// Whether there is a credential: in the environment, or stored.
    public var isSignedIn: Bool { (try? chain(key()).winner()) != nil }

    /// A credential of the product that is good now: the environment's, or the stored one, refreshed if need be.
    ///
    /// - Returns: The credential, and where it came from.
    /// - Throws: ``SignInError`` where there is none, ``ClientError``, ``CredentialStoreError``.
    public func credential() async throws -> (credential: Credential, source: CredentialChain.Source) {
        try await credential(key())
    }

    func credential(_ key: String?) async throws -> (credential: Credential, source: CredentialChain.Source) {
        guard let found = try chain(key).winner() else {
            guard case .discovery = product.service, let key else {
                throw SignInError(.notSignedIn, "you are not signed in")
            }
            throw SignInError(.notSignedIn, "you are not signed in to \(key)")
        }
        guard case .stored(_, let key) = found.source else {
            try requireAddress()
            return found
        }
        return (try await validToken(key).credential(clock: context.clock), found.source)
    }

    // Where the file that may name the service's address can't be read, no token goes to another service instead.
    private func requireAddress() throws(CredentialStoreError) {
        guard !cli.stored.baseURL.isEmpty, case .standard? = baseURL()?.source else { return }
        _ = try file.document()
    }

    /// The way to a valid token of a stored credential.
    func validToken(_ key: String) throws(CredentialStoreError) -> ValidToken {
        let guards = ValidToken.Guards(
            lockPath: try file.refreshLockPath(for: key), journalPath: try file.refreshJournalPath(for: key))
        let session = self
        return ValidToken(
            store: file, key: key, guards: guards, now: context.now, random: context.random,
            warn: { session.screen.warn($0) },
            refresh: { credential, idempotencyKey throws(ClientError) in
                try await session.refresh(credential, key, idempotencyKey)
            })
    }

    private func refresh(
        _ credential: Credential, _ key: String, _ idempotencyKey: String
    ) async throws(ClientError) -> TokenReply {
        let service = try await service(key)
        let endpoint = try Endpoint.address(service.metadata.tokenEndpoint, for: "tokens")
        let request = TokenRequest(endpoint: endpoint, client: client(service, for: credential))
        let token = credential.refreshToken?.reveal() ?? ""
        return try await context.transport.perform(request.refresh(token, idempotencyKey: idempotencyKey))
    }

    /// The token that requests present now: the credential's own, or the one that it was exchanged for.
    ///
    /// - Returns: The token, and where its credential came from.
    /// - Throws: ``SignInError`` where there is none, ``ClientError``, ``CredentialStoreError``.
    public func presentedToken() async throws -> (token: Secret, source: CredentialChain.Source) {
        let (credential, source) = try await credential()
        guard exchanges else { return (credential.accessToken, source) }
        if case .stored(_, let key) = source {
            let exchanged = try await exchangedToken(key).credential(clock: context.clock)
            return (exchanged.exchanged?.token ?? exchanged.accessToken, source)
        }
        return (try await exchange(credential.accessToken).token, source)
    }

    /// A successor of an exchanged token that the service refused; `nil` where tokens are not exchanged.
    func exchangedToken(replacing refused: Secret, of source: CredentialChain.Source) async throws -> Secret? {
        guard exchanges else { return nil }
        guard case .stored(_, let key) = source else {
            guard let token = product.environmentToken(context.environment) else { return nil }
            return try await exchange(Secret(token)).token
        }
        return try await exchangedToken(key).credential(replacing: refused, clock: context.clock).exchanged?.token
    }

    var exchanges: Bool {
        guard case .fixed(let facts) = product.service else { return false }
        return facts.exchange != nil
    }

    func exchange(_ token: Secret) async throws -> Credential.Exchanged {
        try await located().exchange(token, over: context.transport, now: context.now())
    }

    func exchangedToken(_ key: String) throws -> ExchangedToken {
        let (session, service) = (self, try located())
        return ExchangedToken(
            store: file, key: key, lockPath: try file.refreshLockPath(for: key), now: context.now,
            warn: { session.screen.warn($0) },
            exchange: { token throws(ClientError) in
                try await service.exchange(token, over: session.context.transport, now: session.context.now())
            })
    }
}
