import KeyfobClient
import KeyfobCredentialFiles
import KeyfobCredentials
public import KeyfobSignIn

extension Session {
    /// The key of the credential that a command of a product is about: the profile, or the only one there is.
    ///
    /// - Returns: The key.
    /// - Throws: ``SignInError`` for a profile whose name can't be one, ``CredentialStoreError`` for a file that makes
    ///   no sense.
    public func key() throws -> String {
        if let profile = try profile() { return profile.value }
        if case .one(let name, _) = layout.container { return name }
        return try file.current ?? product.name
    }

    /// The profile in use, and where it was chosen: by option, variable, the file's pointer, or the standard one.
    ///
    /// - Returns: The profile; `nil` for a product without profiles.
    /// - Throws: ``SignInError`` for a name that can't be one, ``CredentialStoreError`` for a file that makes no sense.
    public func profile() throws -> Setting? {
        guard product.profiles != nil else { return nil }
        // A name that was given needs no file, so that a file that makes no sense can be set aside.
        let pointer = wishes.profile == nil ? try file.current : nil
        return try product.activeProfile(flag: wishes.profile, environment: context.environment, pointer: pointer)
    }

    /// The issuer that a command of the generic tool is about: the one that was named, else the current, else the only.
    ///
    /// - Parameter issuer: What the person named.
    /// - Returns: The key; `nil` if nobody is signed in anywhere.
    /// - Throws: ``ClientError`` for an issuer that is not one, ``CredentialStoreError``, or ``Failure`` where there are
    ///   several to choose from.
    func key(issuer: String?) throws -> String? {
        if let issuer { return try storedKey(typed: issuer) }
        if let current = try file.current { return current }
        let keys = try file.list()
        guard keys.count > 1 else { return keys.first }
        throw Failure(
            "ambiguous", "you are signed in to \(keys.count) issuers, and none is the current one",
            hint: "name one with --issuer: \(keys.joined(separator: ", "))", exit: .usage)
    }

    // People leave out the scheme and the final slash, which the issuer's own name may have.
    private func storedKey(typed: String) throws -> String {
        let issuer = try Issuer(typed: typed).text
        let keys = (try? file.list()) ?? []
        if keys.contains(issuer) { return issuer }
        return keys.first { $0 == issuer + "/" || $0 + "/" == issuer } ?? issuer
    }
}
