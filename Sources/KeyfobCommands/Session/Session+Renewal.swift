import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

extension Session {
    /// Gets a new token for the stored login, whatever the life of the old one: the body of a product's `refresh`.
    ///
    /// - Parameter verb: The command's name, for what the wording says at its beginning; `refresh` by default.
    /// - Throws: ``SignInError`` with `notRefreshable` for a token that was pasted or comes from the environment.
    public func refresh(verb: String = "refresh") async throws {
        if !wishes.json { screen.open(verb) }
        let (credential, source) = try await renewed()
        guard wishes.json else { return screen.show(screen.wording.refreshed, values(of: credential)) }
        var report = JSONReport()
        report.add("refreshed", true)
        report.add("source", Explanation.word(source))
        report.add("expires_at", credential.exchanged?.expiresAt ?? credential.expiresAt)
        try answer(report)
    }

    private func renewed() async throws -> (credential: Credential, source: CredentialChain.Source) {
        guard let found = try chain(key()).winner() else { throw SignInError(.notSignedIn, "you are not signed in") }
        guard case .stored(_, let key) = found.source else {
            throw SignInError(.notRefreshable, "the token comes from the environment and can't be refreshed")
        }
        guard exchanges else { return (try await validToken(key).renew(clock: context.clock), found.source) }
        let (old, _) = try await presentedToken()
        return (try await exchangedToken(key).credential(replacing: old, clock: context.clock), found.source)
    }

    /// Kills the token in use on the server, whatever it is, and removes it here: the body of a product's `revoke`.
    ///
    /// - Parameters:
    ///   - asks: Whether a person at a terminal is asked first, where the wording has a question for that.
    ///   - verb: The command's name, for what the wording says at its beginning; `revoke` by default.
    /// - Throws: ``ClientError`` where the server did not do it; then the token stays here, to try again.
    public func revoke(asks: Bool = true, verb: String = "revoke") async throws {
        if !wishes.json { screen.open(verb) }
        let key = try key()
        guard let found = try chain(key).winner() else { throw SignInError(.notSignedIn, "you are not signed in") }
        if asks, !wishes.json, let question = screen.wording.revoking {
            guard try await confirms(question) else { return }
        }
        if case .environment(let variable) = found.source {
            try await revoke(found.credential, key, revokesAll: true).requireEnd()
            screen.warn("\(variable) still holds the token, which is dead now")
        } else {
            _ = try await Logout(session: self, revokesAll: true).run(key)
        }
        guard wishes.json else { return screen.show(screen.wording.revoked, values(of: found.credential)) }
        var report = JSONReport()
        report.add("revoked", true)
        report.add("source", Explanation.word(found.source))
        try answer(report)
    }
}
