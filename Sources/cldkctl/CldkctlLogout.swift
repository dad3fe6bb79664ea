import KeyfobCommands

/// `cldkctl logout`, which the vendor's program does not have.
struct CldkctlLogout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Remove the token from this machine (not a command of the vendor's program).",
        usage: "cldkctl logout [flags]",
        discussion: """
            The token stays valid elsewhere: other machines and jobs may use it. To end it everywhere, run \
            cldkctl token delete before, or delete it in the Service Portal AI.
            """)

    @OptionGroup var options: CldkctlOptions

    func run() async throws {
        let session = try Session(Cldkctl.self, options.wishes)
        if session.context.environment["CLDKCTL_TOKEN"]?.isEmpty ?? true, try isSignedOut(session) {
            throw SignInError(.notSignedIn, "you are not signed in")
        }
        try await session.logout()
    }

    // A file that makes no sense is set aside by the logout.
    private func isSignedOut(_ session: Session) throws -> Bool {
        do throws(CredentialStoreError) {
            return try session.file.read("cldkctl") == nil
        } catch {
            guard error.code == .corrupt else { throw error }
            return false
        }
    }
}
