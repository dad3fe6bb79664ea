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
        /// It was removed here; on the server it ended like this.
        case removed(SignOut.Outcome)
    }

    let session: Session

    /// Ends a login on the server and removes it here, whatever the server says.
    ///
    /// - Parameter key: The credential's key.
    /// - Returns: What happened.
    /// - Throws: ``CredentialStoreError`` if it could not be removed here, or `CancellationError`.
    func run(_ key: String) async throws -> Outcome {
        do throws(CredentialStoreError) {
            guard try session.file.read(key) != nil else { return .notSignedIn }
        } catch {
            guard error.code == .corrupt, let aside = try session.file.setAside() else { throw error }
            return .setAside(CredentialPlace.abbreviated(aside, environment: session.context.environment))
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
        try session.file.delete(key)
        try? RefreshJournal(path: session.file.refreshJournalPath(for: key)).drop()
        return .removed(outcome)
    }

    private func onServer(_ credential: Credential, _ key: String) async -> SignOut.Outcome {
        guard credential.origin == .login else { return .notOurs }
        do throws(ClientError) {
            let service = try await session.service(key)
            let client = session.client(service, for: credential)
            return await SignOut(service: service, client: client, transport: session.context.transport).end(credential)
        } catch {
            return .remains(error)
        }
    }
}

extension SignOut.Outcome {
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
