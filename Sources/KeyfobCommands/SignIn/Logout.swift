import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

/// A logout from its beginning to the removed credential, the same for every product.
struct Logout {
    /// What happened to a credential here and on the server.
    enum Outcome {
        /// There was none.
        case notSignedIn
        /// The file made no sense and was kept under another name.
        case setAside(String)
        /// The keyring with its tokens is gone; what the file said of it was removed.
        case forgotten(CredentialStoreError)
        /// It was removed here; on the server it ended like this.
        case removed(SignOut.Outcome)
    }

    let session: Session
    /// Whether a token dies on the server that no login of ours made.
    var revokesAll = false

    /// Ends a login on the server and removes it here, whatever the server says.
    ///
    /// - Parameter key: The credential's key.
    /// - Returns: What happened.
    /// - Throws: ``CredentialStoreError`` if it could not be removed here, or `CancellationError`.
    func run(_ key: String) async throws -> Outcome {
        do throws(CredentialStoreError) {
            guard try session.file.read(key) != nil else {
                // An entry whose tokens are gone from the keyring is none.
                try session.file.forget(key)
                return .notSignedIn
            }
        } catch {
            if error.code == .corrupt, let aside = try session.file.setAside() {
                return .setAside(session.shown(aside))
            }
            // A keyring that is no longer there must not make a logout impossible; one that is locked can be opened.
            guard error.code == .unavailable, try session.file.keepsSecretsApart(for: key),
                try session.file.forget(key)
            else { throw error }
            return .forgotten(error)
        }
        return try await end(key)
    }

    // Under the lock, so that a refresh that is under way does not bring the credential back.
    private func end(_ key: String) async throws -> Outcome {
        let lock = try await CredentialLock.acquire(
            at: session.file.refreshLockPath(for: key), waiting: session.context.clock, for: .seconds(60))
        defer { lock.release() }
        guard let credential = try session.file.read(key) else { return .notSignedIn }
        let outcome = await onServer(credential, key)
        try Task.checkCancellation()
        if revokesAll { try outcome.requireEnd() }
        try session.file.delete(key)
        try? RefreshJournal(path: session.file.refreshJournalPath(for: key)).drop()
        return .removed(outcome)
    }

    private func onServer(_ credential: Credential, _ key: String) async -> SignOut.Outcome {
        guard revokesAll || credential.origin == .login else { return .notOurs }
        do throws(ClientError) {
            return try await session.revoke(credential, key, revokesAll: revokesAll)
        } catch {
            return .remains(error)
        }
    }
}

extension Session {
    /// Ends a credential on the server.
    func revoke(
        _ credential: Credential, _ key: String, revokesAll: Bool
    ) async throws(ClientError) -> SignOut.Outcome {
        let service = try await service(key)
        let client = client(service, for: credential)
        let signOut = SignOut(service: service, client: client, transport: context.transport)
        return revokesAll ? await signOut.revoke(credential) : await signOut.end(credential)
    }
}

extension SignOut.Outcome {
    /// Fails where the token is not dead: whoever revokes wants it so, and needs the token to try again.
    func requireEnd() throws {
        switch self {
        case .ended, .revoked, .notOurs: break
        case .remains(let error): throw error
        case .noRevocation:
            throw Failure(
                "no_revocation", "the server has no way to revoke this token",
                hint: "end it where it was made, or log out to remove it here", exit: .failed)
        }
    }

    /// What a product's words tell apart.
    var kind: Wording.Ending {
        switch self {
        case .ended, .revoked: .ended
        case .notOurs: .pasted
        case .noRevocation: .noRevocation
        case .remains: .unconfirmed
        }
    }

    /// A word of `--json`'s `server`.
    var word: String {
        switch self {
        case .ended: "ended"
        case .revoked: "revoked"
        case .notOurs: "not_revoked"
        case .noRevocation: "no_revocation"
        case .remains: "may_be_alive"
        }
    }

    /// What became of the token on the server, in words for people.
    var sentence: String {
        switch self {
        case .ended: "the server has ended the session and refuses its token"
        case .revoked: "the server has ended the session"
        case .notOurs: "the token was not made by a login here, so it was not revoked"
        case .noRevocation: "the server has no way to revoke; the token stays good until it ends by itself"
        case .remains(let error): "the session may still be alive on the server: \(error.message)"
        }
    }
}
