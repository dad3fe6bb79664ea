public import FoundationEssentials
public import KeyfobClient
public import KeyfobCredentials

/// The one way to the short-lived token of a product whose stored token is only exchanged.
///
/// The short-lived one is kept beside the stored one with its own expiry. A new one is fetched under the credential's
/// lock, so that of many processes one asks the server. Nothing that the server says clears the stored token.
public struct ExchangedToken: Sendable {
    /// Exchanges a long-lived token.
    public typealias Exchange = @Sendable (Secret) async throws(ClientError) -> Credential.Exchanged

    private let store: any CredentialStore
    private let key: String
    private let lockPath: String
    private let now: @Sendable () -> Date
    private let warn: @Sendable (String) -> Void
    private let exchange: Exchange

    private static let patience = Duration.seconds(60)

    /// Prepares the way to one credential's short-lived token.
    ///
    /// - Parameters:
    ///   - store: Where the credential is.
    ///   - key: Its key.
    ///   - lockPath: The lock file that guards it.
    ///   - now: The time.
    ///   - warn: Told what went wrong although there is a token.
    ///   - exchange: Exchanges a long-lived token.
    public init(
        store: any CredentialStore, key: String, lockPath: String, now: @escaping @Sendable () -> Date,
        warn: @escaping @Sendable (String) -> Void, exchange: @escaping Exchange
    ) {
        self.store = store
        self.key = key
        self.lockPath = lockPath
        self.now = now
        self.warn = warn
        self.exchange = exchange
    }

    /// A credential whose short-lived token lives longer than the margin.
    ///
    /// - Parameters:
    ///   - margin: Seconds that it must live longer than now; 60 by default.
    ///   - clock: What waits for the lock.
    /// - Returns: The credential, its `exchanged` filled in.
    /// - Throws: ``SignInError`` if there is none or the server refuses it, ``ClientError`` if the server could not be
    ///   asked, ``CredentialStoreError``, or `CancellationError`.
    public func credential(margin: TimeInterval = 60, clock: some Clock<Duration>) async throws -> Credential {
        try await credential(clock, fallsBack: true) { $0.isFresh(at: now(), margin: margin) }
    }

    /// A credential with another short-lived token than one that the server refused before its time.
    ///
    /// - Parameters:
    ///   - refused: The short-lived token that was refused.
    ///   - clock: What waits for the lock.
    /// - Returns: The credential, its `exchanged` filled in.
    /// - Throws: As ``credential(margin:clock:)``.
    public func credential(replacing refused: Secret, clock: some Clock<Duration>) async throws -> Credential {
        try await credential(clock, fallsBack: false) { $0.token != refused && $0.isFresh(at: now(), margin: 0) }
    }

    private func credential(
        _ clock: some Clock<Duration>, fallsBack: Bool, isGood: (Credential.Exchanged) -> Bool
    ) async throws -> Credential {
        let found = try stored()
        if let exchanged = found.exchanged, isGood(exchanged) { return found }
        let lock = try await CredentialLock.acquire(at: lockPath, waiting: clock, for: Self.patience)
        defer { lock.release() }
        var current = try stored()
        if let exchanged = current.exchanged, isGood(exchanged) { return current }
        do {
            current.exchanged = try await exchange(current.accessToken)
        } catch {
            return try settle(error, on: current, fallsBack: fallsBack)
        }
        keep(current)
        return current
    }

    // A token that can't be stored is still good for this call.
    private func keep(_ credential: Credential) {
        do throws(CredentialStoreError) {
            try store.write(credential, for: key)
        } catch {
            warn("the token of the exchange could not be stored: \(error.message)")
        }
    }

    private func settle(_ error: ClientError, on current: Credential, fallsBack: Bool) throws -> Credential {
        if error.code == .unauthorized {
            throw SignInError(.tokenRefused, "the server does not accept the token", underlying: error)
        }
        // Nothing better is to be had: a token that is good for some seconds is still good.
        guard fallsBack, error.isTransient, current.exchanged?.isFresh(at: now(), margin: 0) == true
        else { throw error }
        warn("the token could not be exchanged again and ends soon: \(error.message)")
        return current
    }

    private func stored() throws -> Credential {
        guard let credential = try store.read(key) else { throw SignInError(.notSignedIn, "you are not signed in") }
        return credential
    }
}
