import KeyfobClient
public import KeyfobCredentials
import KeyfobSignIn

extension Session {
    /// Signs in to the product with all of its screens, and stores the credential: the body of a product's `login`.
    ///
    /// A person who is signed in is asked first where the wording has a question for that.
    ///
    /// - Parameters:
    ///   - wishes: How to sign in.
    ///   - verb: The command's name, for what the wording says at its beginning; `login` by default.
    /// - Returns: The credential as it was stored; `nil` where the person did not want another one.
    /// - Throws: ``ClientError``, ``SignInError``, ``CredentialStoreError``, ``Failure``.
    @discardableResult
    public func login(_ wishes: LoginWishes = LoginWishes(), verb: String = "login") async throws -> Credential? {
        screen.open(verb)
        let key = try loginKey()
        warnOfEnvironmentToken("goes on being used instead of this login; unset it to use the login")
        guard try await isWanted(key) else { return nil }
        let credential = try await Login(session: self, key: key, wishes: wishes).run()
        var values = self.values(of: credential).merging(["file": shownPath]) { $1 }
        values.merge(try await cli.afterLogin(credential, in: self)) { $1 }
        guard self.wishes.json else {
            screen.show(wishes.signedIn ?? screen.wording.signedIn, values)
            return credential
        }
        var report = JSONReport()
        report.add("signed_in", true)
        if let account = credential.account { report.add("account", account) }
        report.add("scopes", credential.scopes)
        if let end = credential.expiresAt { report.add("expires_at", end) }
        if product.profiles != nil { report.add("profile", key) }
        report.add("stored_in", file.path)
        try answer(report)
        return credential
    }

    // A file that makes no sense names no profile: the login sets it aside.
    private func loginKey() throws -> String {
        do {
            return try key()
        } catch let error as CredentialStoreError where error.code == .corrupt {
            let profile = try product.activeProfile(
                flag: wishes.profile, environment: context.environment, pointer: nil)
            return profile?.value ?? product.name
        }
    }

    // Only a person at a terminal is asked; a file that makes no sense holds nothing to lose.
    private func isWanted(_ key: String) async throws -> Bool {
        guard let question = screen.wording.again, !wishes.json else { return true }
        guard (try? chain(key).winner()) != nil else { return true }
        return try await confirms(question)
    }
}
