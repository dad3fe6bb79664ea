import KeyfobCredentials
import KeyfobSignIn

extension Session {
    /// Signs out of the product with all of its screens: the body of a product's `logout`.
    ///
    /// What the login here minted is ended on the server, too; a token that was pasted is only removed.
    ///
    /// - Parameters:
    ///   - asks: Whether a person at a terminal is asked first, where the wording has a question for that.
    ///   - verb: The command's name, for what the wording says at its beginning; `logout` by default.
    /// - Returns: Whether there was something to remove; false as well where the person said no.
    /// - Throws: ``CredentialStoreError``, ``Failure``.
    @discardableResult
    public func logout(asks: Bool = true, verb: String = "logout") async throws -> Bool {
        if !wishes.json { screen.open(verb) }
        let key = try logoutKey()
        if asks, !wishes.json, let question = screen.wording.leaving, (try? file.read(key)) != nil {
            guard try await confirms(question) else { return false }
        }
        let outcome = try await Logout(session: self).run(key)
        warnOfEnvironmentToken("still applies; unset it to be signed out completely")
        if wishes.json { try answer(Self.json(outcome)) } else { tell(outcome) }
        if case .notSignedIn = outcome { return false }
        try await cli.afterLogout(in: self)
        return true
    }

    // A file that makes no sense names no profile; the logout sets it aside.
    private func logoutKey() throws -> String {
        do {
            return try key()
        } catch let error as CredentialStoreError where error.code == .corrupt {
            return product.name
        }
    }

    private func tell(_ outcome: Logout.Outcome) {
        switch outcome {
        case .notSignedIn:
            screen.show(screen.wording.notSignedOut)
        case .setAside(let path):
            screen.warn("the credential file made no sense; it was kept as \(path)")
            screen.show(screen.wording.signedOut)
        case .forgotten(let error):
            screen.warn("\(error.message); what it may still keep was not removed")
            screen.show(screen.wording.signedOut)
        case .removed(let ending): tell(ending)
        }
    }

    private func tell(_ ending: SignOut.Outcome) {
        if let lines = screen.wording.endings[ending.kind] {
            var values: [String: String] = [:]
            if case .remains(let error) = ending { values["reason"] = error.message }
            return screen.show(lines, values)
        }
        screen.show(screen.wording.signedOut)
        switch ending {
        case .ended, .revoked: break
        case .notOurs, .noRevocation: screen.show(Wording.Line(ending.sentence.capitalizedFirst, sign: .note))
        case .remains: screen.warn(ending.sentence)
        }
    }

    static func json(_ outcome: Logout.Outcome) -> JSONReport {
        var report = JSONReport()
        report.add("signed_in", false)
        switch outcome {
        case .notSignedIn: report.add("removed", false)
        case .setAside(let path):
            report.add("removed", true)
            report.add("kept_as", path)
        case .forgotten(let error):
            report.add("removed", true)
            report.add("detail", error.message)
        case .removed(let ending):
            report.add("removed", true)
            report.add("server", ending.word)
            report.add("detail", ending.sentence)
        }
        return report
    }
}
