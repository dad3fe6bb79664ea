/// A place that keeps credentials, each under a key (an issuer, a profile).
///
/// A credential that is not there is an optional, not an error; the four ways in which a store fails are
/// ``CredentialStoreError``. Every conformer passes the same contract suite.
public protocol CredentialStore: Sendable {
    /// Where the credentials are, in words for people (`~/.config/keyfob/credentials.json`).
    var location: String { get }

    /// Reads the credential under a key.
    ///
    /// - Parameter key: The issuer or profile; compared byte by byte.
    /// - Returns: The credential, or nil when there is none.
    /// - Throws: ``CredentialStoreError`` when the store can't tell.
    func read(_ key: String) throws(CredentialStoreError) -> Credential?

    /// Keeps a credential under a key, replacing the one that is there; all else in the store stays as it is.
    ///
    /// - Parameters:
    ///   - credential: What to keep.
    ///   - key: The issuer or profile.
    /// - Throws: ``CredentialStoreError``; the store is then as it was before.
    func write(_ credential: Credential, for key: String) throws(CredentialStoreError)

    /// Removes the credential under a key; all else in the store stays as it is.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False when there was none.
    /// - Throws: ``CredentialStoreError``; the store is then as it was before.
    @discardableResult
    func delete(_ key: String) throws(CredentialStoreError) -> Bool

    /// Lists the keys that hold a credential, in the order in which they were first written.
    ///
    /// - Returns: The keys, each once.
    /// - Throws: ``CredentialStoreError`` when the store can't tell.
    func list() throws(CredentialStoreError) -> [String]
}
