public import KeyfobCredentials

/// Credentials in a file of mode 0600 in a folder of mode 0700, in JSON, TOML or YAML.
///
/// Every write locks the file, reads it again, and replaces it at once (temporary file, fsync, rename, fsync of the
/// folder), so that concurrent programs lose nothing of each other, and a crash or a full disk nothing at all. Unknown
/// members and other credentials stay as they are. A file that makes no sense is reported, and never overwritten.
///
/// A symbolic link is followed, and its target replaced in its own folder. A file of another user is refused. A looser
/// mode is repaired, and said so.
///
/// The tokens of an entry may be kept apart, in a ``SecretStore``: the file then holds all else, and says so.
public struct CredentialFile: CredentialStore {
    /// The path as it was given; it may be a symbolic link.
    public let path: String
    /// The language of the file.
    public let format: any DocumentFormat
    /// Where in the file what is.
    public let layout: CredentialLayout
    let ownsFolder: Bool
    let secrets: SecretsApart?
    let warn: @Sendable (String) -> Void

    /// Describes a file, which need not exist; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - path: Where the file is; absolute.
    ///   - format: The language of the file; JSON by default.
    ///   - layout: Where in the file what is.
    ///   - ownsFolder: Whether the folder is this program's own, so that its mode is made 0700 when it is looser. True
    ///     by default; pass false for a path that the user chose.
    ///   - secrets: Where tokens are kept that are kept apart; nil, the default, is nowhere.
    ///   - warn: Receives what should be said to people: a mode that was repaired.
    public init(
        path: String,
        format: any DocumentFormat = .json,
        layout: CredentialLayout,
        ownsFolder: Bool = true,
        secrets: SecretsApart? = nil,
        warn: @escaping @Sendable (String) -> Void
    ) {
        self.path = path
        self.format = format
        self.layout = layout
        self.ownsFolder = ownsFolder
        self.secrets = secrets
        self.warn = warn
    }

    /// The path of the file.
    public var location: String { path }

    /// Reads the credential under a key, without waiting for writers.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: The credential, or nil when there is no file, no entry, or no access token in it or in the store that
    ///   it names.
    /// - Throws: ``CredentialStoreError`` with `corrupt`, `denied` or `unavailable`, and what the store of secrets
    ///   throws for an entry whose tokens are there.
    public func read(_ key: String) throws(CredentialStoreError) -> Credential? {
        guard let document = try document() else { return nil }
        return try credential(key, in: document)
    }

    /// Keeps a credential under a key, its tokens where those of the entry are now; a new entry keeps them in the file.
    ///
    /// - Parameters:
    ///   - credential: What to keep; parts that the layout does not name are not kept.
    ///   - key: The issuer or profile.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before. `denied` also for a key that a layout of
    ///   one credential has no room for.
    public func write(_ credential: Credential, for key: String) throws(CredentialStoreError) {
        try put(credential, for: key, apart: nil)
    }

    /// Removes the credential under a key, its tokens kept apart included, and the file when nothing is left in it.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False when there was no credential; the file is then as it was.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before.
    @discardableResult
    public func delete(_ key: String) throws(CredentialStoreError) -> Bool {
        try remove(key, alsoApart: true)
    }

    /// Lists the keys that hold a credential, in the order of the file.
    ///
    /// Tokens that are kept apart are not looked for: an entry that says so counts.
    ///
    /// - Returns: The keys, each once.
    /// - Throws: ``CredentialStoreError``.
    public func list() throws(CredentialStoreError) -> [String] {
        guard let document = try document() else { return [] }
        return try sensible { () throws(MalformedMember) in
            var keys: [String] = []
            for key in try layout.keys(in: document) where try layout.holdsCredential(key, in: document) {
                keys.append(key)
            }
            return keys
        }
    }

    /// The key that the file names as the one in use; nil when it names none, or the layout has no such pointer.
    public var current: String? {
        get throws(CredentialStoreError) {
            guard let path = layout.current, let document = try document() else { return nil }
            return document[path.slice]?.text
        }
    }

    /// Names a key as the one in use, or none; does nothing for a layout that has no such pointer.
    ///
    /// - Parameter key: The key.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before.
    public func setCurrent(_ key: String?) throws(CredentialStoreError) {
        guard let path = layout.current else { return }
        try update { document throws(CredentialStoreError) in
            if let key { document[path.slice] = .string(key) } else { document.remove(path) }
        }
    }

    func noRoom(for key: String) -> CredentialStoreError {
        CredentialStoreError(
            .denied,
            message: "\(path) keeps one credential, and none for \(key)",
            hint: "use a file of another format for several credentials"
        )
    }
}

extension CredentialLayout {
    func holdsCredential(_ key: String, in document: DocumentTable) throws(MalformedMember) -> Bool {
        if try isApart(key, in: document) { return true }
        return try credential(for: key, in: document) != nil
    }
}
