public import KeyfobCredentials

/// Where the tokens of a file's entries are kept that are not in the file.
public struct SecretsApart: Sendable {
    /// The keyring.
    public let store: any SecretStore
    /// What the tokens belong to: an entry's secret has the key `<product>:<key>`.
    public let product: String
    /// The folder of the locks and journals of refreshes: the same for all files of this user that share the keyring.
    public let sharedLockFolder: String

    /// Describes where tokens are kept apart.
    ///
    /// - Parameters:
    ///   - store: The keyring.
    ///   - product: The product's name, as in the keys of the secrets.
    ///   - sharedLockFolder: A folder that depends on the user alone and not on where the configuration is; absolute.
    ///     It is made, with mode 0700, when it is first used.
    public init(store: any SecretStore, product: String, sharedLockFolder: String) {
        self.store = store
        self.product = product
        self.sharedLockFolder = sharedLockFolder
    }

    /// The key of an entry's secret.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: The key in the store.
    public func secretKey(for key: String) -> String {
        "\(product):\(key)"
    }

    func read(_ key: String) throws(CredentialStoreError) -> CredentialTokens? {
        try store.read(secretKey(for: key)).map { CredentialTokens($0) }
    }

    func write(_ tokens: CredentialTokens, for key: String) throws(CredentialStoreError) {
        try store.write(tokens.secret, for: secretKey(for: key), label: "\(product) (\(key))")
    }

    func delete(_ key: String) throws(CredentialStoreError) {
        try store.delete(secretKey(for: key))
    }
}
