import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import KeyfobTerminal

/// A login from its beginning to the stored credential, the same for every product.
struct Login {
    let session: Session
    let key: String
    let wishes: LoginWishes

    /// Signs in and stores the credential.
    ///
    /// - Returns: The credential as it was stored.
    func run() async throws -> Credential {
        let old = try prepareStore()
        let service = try await service()
        let identity = service.client(
            id: wishes.clientID ?? old?.clientID ?? service.clientID ?? session.product.clientID,
            secret: wishes.clientSecret)
        var flow = SignInFlow(
            service: service, client: identity, scopes: try wanted(service), transport: session.context.transport,
            now: session.context.now, random: session.context.random)
        flow.deviceName = session.context.machineName
        var credential = try await SignInSteps(session: session, flow: flow, wishes: wishes).run()
        let signOut = SignOut(service: service, client: identity, transport: session.context.transport)
        do {
            credential = try await session.cli.complete(credential, in: session)
            try await store(credential)
        } catch {
            // A token that can't be kept must not live on where nobody can end it. In a task of its own: this one may
            // have been cancelled by Ctrl+C.
            let minted = credential
            _ = await Task { await signOut.end(minted) }.value
            throw error
        }
        if let old { await end(old, replacedBy: credential, signOut) }
        return credential
    }

    // Some services' tokens live until they are revoked: one that is only forgotten could never be ended again. Found
    // services are left alone, since at some of them revoking one token ends all of a client's.
    private func end(_ old: Credential, replacedBy new: Credential, _ signOut: SignOut) async {
        guard case .fixed = session.product.service, old.accessToken != new.accessToken else { return }
        if let name = session.foreignAddress {
            session.screen.warn(
                "the token of the login before may still live: it may be of another server than \(name)")
            return
        }
        if case .remains(let error) = await signOut.end(old) {
            session.screen.warn("the token of the login before still lives on the server: \(error.message)")
        }
    }

    // Before anyone is asked to approve anything: a file that makes no sense is set aside, one that can't be written
    // is an error now, and so is a keyring that was asked for and does not answer.
    private func prepareStore() throws -> Credential? {
        if wishes.keepsSecretsApart { _ = try session.secrets?.read("\(session.product.name):\(key)") }
        do throws(CredentialStoreError) {
            let old = try session.file.read(key)
            try session.file.update { _ in }
            return old
        } catch {
            if error.code == .corrupt, let aside = try session.file.setAside() {
                session.screen.warn("\(error.message); it was kept as \(session.shown(aside))")
                return nil
            }
            guard try isAroundKeyring(error) else { throw error }
            try session.file.update { _ in }
            session.screen.warn("\(error.message); the login that it keeps is not ended on the server")
            return nil
        }
    }

    // A keyring that is not there any more must not make a login without it impossible; a locked one can be unlocked.
    private func isAroundKeyring(_ error: CredentialStoreError) throws(CredentialStoreError) -> Bool {
        guard !wishes.keepsSecretsApart, error.code == .unavailable || error.code == .denied else { return false }
        return try session.file.keepsSecretsApart(for: key)
    }

    // A token that is there already may need no more of the service than its address.
    private func service() async throws -> ResolvedService {
        let isPasted = wishes.token != nil || wishes.method == .paste
        if isPasted, let service = try? session.located(), service.offers(.paste) { return service }
        return try await session.service(key)
    }

    // Without a wish of the person, only what the server says it knows is asked for.
    private func wanted(_ service: ResolvedService) throws -> Scopes {
        if let scopes = wishes.scopes {
            do {
                return try Scopes(validating: scopes)
            } catch {
                throw Failure(
                    "usage", "a scope has characters that no scope can have",
                    hint: "scopes are words without spaces and quotes", exit: .usage)
            }
        }
        if let scopes = service.scopes { return Scopes(scopes) }
        let supported = service.metadata.scopesSupported
        return Scopes(session.product.defaultScopes.filter { supported?.contains($0) ?? true })
    }

    // Under the lock of the old credential, so that a refresh that is under way does not overwrite the new one.
    private func store(_ credential: Credential) async throws {
        let lock = try await CredentialLock.acquire(
            at: session.file.refreshLockPath(for: key), waiting: session.context.clock, for: .seconds(60))
        defer { lock.release() }
        let wasApart = try session.file.keepsSecretsApart(for: key)
        try session.file.write(credential, for: key, keepingSecretsApart: wishes.keepsSecretsApart)
        if wasApart, !wishes.keepsSecretsApart {
            session.screen.warn("the token was in the keyring before, and is in \(session.shownPath) now")
        }
        if session.product.profiles == nil { try session.file.setCurrent(key) }
        try? RefreshJournal(path: session.file.refreshJournalPath(for: key)).drop()
    }
}
