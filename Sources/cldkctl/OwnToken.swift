import KeyfobCommands

/// The token that this machine is signed in with, which a command may have ended.
struct OwnToken {
    private let credential: Credential
    private let source: CredentialChain.Source

    /// Takes note of it before anything happens.
    ///
    /// - Throws: ``SignInError`` where nobody is signed in.
    init(_ session: Session) async throws {
        (credential, source) = try await session.credential()
    }

    /// Asks the service whether it has stopped working; no without an answer.
    func isDead(_ session: Session) async -> Bool {
        do {
            let path: ResourcePath = "/core/cldkctl/auth"
            let question = try ResourceRequest(.post, path, json: ["token": credential.accessToken.reveal()])
            // The service does not look at the header here; the token of the session is over if the answer is yes.
            try await session.perform(question, with: credential.accessToken)
            return false
        } catch let error as ClientError {
            return error.code == .unauthorized || error.status == 400
        } catch {
            return false
        }
    }

    /// Stores a new token in its place.
    ///
    /// - Returns: Whether that was possible: what the environment gives can't be replaced.
    /// - Throws: ``CredentialStoreError``.
    func isReplaced(by token: String, in session: Session) throws -> Bool {
        guard case .stored(_, let key) = source else { return false }
        var credential = credential
        credential.accessToken = Secret(token)
        credential.exchanged = nil
        try session.file.write(credential, for: key)
        return true
    }
}
