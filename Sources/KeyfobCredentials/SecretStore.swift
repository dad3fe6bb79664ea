/// A place of the system that keeps single secrets, such as a keyring.
///
/// A secret that is not there is an optional, not an error; a place that is locked, denied or absent is a
/// ``CredentialStoreError`` of that code.
public protocol SecretStore: Sendable {
    /// The place in words for people (`the Secret Service keyring`).
    var location: String { get }

    /// Reads a secret.
    ///
    /// - Parameter key: The secret's key, such as `product:profile`; compared byte by byte.
    /// - Returns: The secret, or nil when the place is open and has none.
    /// - Throws: ``CredentialStoreError`` when the place can't tell.
    func read(_ key: String) throws(CredentialStoreError) -> Secret?

    /// Keeps a secret, replacing the one that is there.
    ///
    /// - Parameters:
    ///   - secret: What to keep.
    ///   - key: Its key.
    ///   - label: What the system's own programs show for it.
    /// - Throws: ``CredentialStoreError``; the secret of before is then still there.
    func write(_ secret: Secret, for key: String, label: String) throws(CredentialStoreError)

    /// Removes a secret.
    ///
    /// - Parameter key: Its key.
    /// - Returns: False when there was none.
    /// - Throws: ``CredentialStoreError``.
    @discardableResult
    func delete(_ key: String) throws(CredentialStoreError) -> Bool
}
