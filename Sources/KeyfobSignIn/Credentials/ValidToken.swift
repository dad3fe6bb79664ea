public import FoundationEssentials
public import KeyfobClient
public import KeyfobCredentials
public import KeyfobProtocol

/// The one way to a token that is valid now, for N processes, kill -9 at any instruction, and lost replies.
///
/// A credential that lives long enough is returned without any network. Else it is refreshed under a lock whose scope
/// is exactly the credential's: what another process refreshed in the meantime is adopted; a journal entry with a
/// random idempotency key is on disk before the request goes out, and whoever finds one repeats the same request with
/// the same key.
///
/// Only a definite `invalid_grant` for the generation that is stored at that moment ends a login. A timeout, a 5xx, a
/// web page or a full disk never does.
public struct ValidToken: Sendable {
    /// The files that guard one credential's refresh.
    public struct Guards: Sendable {
        /// The lock file.
        public let lockPath: String
        /// The journal.
        public let journalPath: String

        /// Names the files.
        public init(lockPath: String, journalPath: String) {
            self.lockPath = lockPath
            self.journalPath = journalPath
        }
    }

    /// Sends one refresh request: gets the credential and the idempotency key.
    public typealias Refresh = @Sendable (Credential, String) async throws(ClientError) -> TokenReply

    private let store: any CredentialStore
    private let key: String
    private let guards: Guards
    private let now: @Sendable () -> Date
    private let random: RandomBytes
    private let warn: @Sendable (String) -> Void
    private let refresh: Refresh

    /// How long to wait for another process that refreshes: longer than its request may take.
    private static let patience = Duration.seconds(60)

    /// Prepares the way to one credential's token.
    ///
    /// - Parameters:
    ///   - store: Where the credential is.
    ///   - key: Its key.
    ///   - guards: The files that guard it.
    ///   - now: The time.
    ///   - random: The source of idempotency keys.
    ///   - warn: Told what went wrong although there is a token.
    ///   - refresh: Sends one refresh request.
    public init(
        store: any CredentialStore, key: String, guards: Guards, now: @escaping @Sendable () -> Date,
        random: RandomBytes, warn: @escaping @Sendable (String) -> Void, refresh: @escaping Refresh
    ) {
        self.store = store
        self.key = key
        self.guards = guards
        self.now = now
        self.random = random
        self.warn = warn
        self.refresh = refresh
    }

    /// A credential whose access token lives longer than the margin.
    ///
    /// - Parameters:
    ///   - margin: Seconds that it must live longer than now; 60 by default.
    ///   - clock: What waits for the lock.
    /// - Returns: The credential as it is stored.
    /// - Throws: ``SignInError`` if there is none or the login is over, ``ClientError`` if the server could not be
    ///   asked, ``CredentialStoreError``, or `CancellationError`.
    public func credential(margin: TimeInterval = 60, clock: some Clock<Duration>) async throws -> Credential {
        let found = try stored()
        if found.isFresh(at: now(), margin: margin) { return found }
        guard found.refreshToken != nil else { return try unrefreshable(found) }
        let lock = try await CredentialLock.acquire(at: guards.lockPath, waiting: clock, for: Self.patience)
        defer { lock.release() }
        let current = try stored()
        if current.isFresh(at: now(), margin: margin) { return current }
        return try await refreshed(current)
    }

    /// A credential with a new access token, however long the old one lives.
    ///
    /// - Parameter clock: What waits for the lock.
    /// - Returns: The credential as it is stored; one that another process refreshed in the meantime is adopted.
    /// - Throws: ``SignInError`` with ``SignInError/Code/notRefreshable`` for a credential without a refresh token, and
    ///   as ``credential(margin:clock:)``; the old token is not returned in place of a new one.
    public func renew(clock: some Clock<Duration>) async throws -> Credential {
        let found = try stored()
        let lock = try await CredentialLock.acquire(at: guards.lockPath, waiting: clock, for: Self.patience)
        defer { lock.release() }
        let current = try stored()
        guard current.refreshToken != nil else {
            throw SignInError(.notRefreshable, "this token can't be refreshed: it lives until its end as it is")
        }
        if current.accessToken != found.accessToken, current.isFresh(at: now()) { return current }
        return try await refreshed(current, fallsBack: false)
    }

    // Everything below happens under the lock.
    private func refreshed(
        _ current: Credential, fallsBack: Bool = true, mayGoOn: Bool = true
    ) async throws -> Credential {
        guard let token = current.refreshToken else { return try unrefreshable(current) }
        let journal = RefreshJournal(path: guards.journalPath)
        let entry = Self.entry(for: token, in: journal, now: now(), random: random)
        try journal.write(entry)
        let reply: TokenReply
        do {
            reply = try await refresh(current, entry.idempotencyKey)
        } catch {
            return try settle(error, on: current, fallsBack: fallsBack, journal: journal)
        }
        let renewed = keep(reply, over: current, journal: journal)
        // The reply to a request of long ago: its access token is over, but its refresh token is not.
        if mayGoOn, !renewed.isFresh(at: now(), margin: 0), try store.read(key) == renewed {
            return try await refreshed(renewed, fallsBack: fallsBack, mayGoOn: false)
        }
        return renewed
    }

    private static func entry(
        for token: Secret, in journal: RefreshJournal, now: Date, random: RandomBytes
    ) -> RefreshJournal.Entry {
        let generation = String(TokenFormat.hash(token.reveal()).prefix(22))
        if let found = journal.read(), found.generation == generation { return found }
        return RefreshJournal.Entry(
            generation: generation, idempotencyKey: Base64URL.encode(random.bytes(24)), startedAt: now)
    }

    // A token that can't be stored is still good for this call; the journal stays, so that the next process gets the
    // same reply from the server instead of losing the login.
    private func keep(_ reply: TokenReply, over old: Credential, journal: RefreshJournal) -> Credential {
        let new = Self.successor(of: old, reply, at: now())
        do throws(CredentialStoreError) {
            try store.write(new, for: key)
            try journal.drop()
        } catch {
            warn("the refreshed token could not be stored: \(error.message)")
        }
        return new
    }

    private func settle(
        _ error: ClientError, on current: Credential, fallsBack: Bool, journal: RefreshJournal
    ) throws -> Credential {
        // Of a server that fails, even these words mean nothing.
        if error.oauthError == .invalidGrant, !error.isTransient {
            // Someone who does not know our lock may have been faster: then the refusal was not about what is stored.
            let latest = try stored()
            if latest.refreshToken != current.refreshToken {
                try journal.drop()
                guard latest.isFresh(at: now(), margin: 0) else { throw error }
                return latest
            }
            try store.delete(key)
            try journal.drop()
            throw SignInError(.loginEnded, "this login was ended by the server", hint: nil, underlying: error)
        }
        // A definite answer ends the attempt; without one, the next attempt must be a repeat of this one.
        if error.oauthError != nil, !error.isTransient { try journal.drop() }
        if fallsBack, current.expiresAt != nil, current.isFresh(at: now(), margin: 0) {
            warn("the token could not be refreshed and ends soon: \(error.message)")
            return current
        }
        throw error
    }

    private func stored() throws -> Credential {
        guard let credential = try store.read(key) else { throw SignInError(.notSignedIn, "you are not signed in") }
        return credential
    }

    private func unrefreshable(_ credential: Credential) throws -> Credential {
        // Nothing better is to be had: a token that is good for some seconds is still good.
        if credential.isFresh(at: now(), margin: 0) { return credential }
        throw SignInError(.tokenExpired, "the token has expired, and the server gave no way to refresh it")
    }

    // What the reply leaves out stays as it was (RFC 6749 sections 5.1 and 6).
    private static func successor(of old: Credential, _ reply: TokenReply, at now: Date) -> Credential {
        var new = old
        new.accessToken = Secret(reply.accessToken)
        new.expiresAt = reply.expiresIn.map { now.addingTimeInterval(TimeInterval($0)) }
        if let token = reply.refreshToken { new.refreshToken = Secret(token) }
        if let token = reply.idToken { new.idToken = Secret(token) }
        if let scope = reply.scope { new.scopes = scope.names }
        return new
    }
}
