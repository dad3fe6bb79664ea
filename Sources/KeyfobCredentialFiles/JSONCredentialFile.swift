public import KeyfobCredentials

/// Credentials in a JSON file of mode 0600 in a folder of mode 0700.
///
/// Every write locks the file, reads it again, and replaces it at once (temporary file, fsync, rename, fsync of the
/// folder), so that concurrent programs lose nothing of each other, and a crash or a full disk nothing at all. Unknown
/// members and other credentials stay as they are. A file that makes no sense is reported, and never overwritten.
///
/// A symbolic link is followed, and its target replaced in its own folder. A file of another user is refused. A looser
/// mode is repaired, and said so.
public struct JSONCredentialFile: CredentialStore {
    /// The path as it was given; it may be a symbolic link.
    public let path: String
    /// The file's format.
    public let layout: CredentialLayout
    let ownsFolder: Bool
    let warn: @Sendable (String) -> Void

    /// Describes a file, which need not exist; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - path: Where the file is; absolute.
    ///   - layout: The file's format.
    ///   - ownsFolder: Whether the folder is this program's own, so that its mode is made 0700 when it is looser. True
    ///     by default; pass false for a path that the user chose.
    ///   - warn: Receives what should be said to people: a mode that was repaired.
    public init(
        path: String,
        layout: CredentialLayout,
        ownsFolder: Bool = true,
        warn: @escaping @Sendable (String) -> Void
    ) {
        self.path = path
        self.layout = layout
        self.ownsFolder = ownsFolder
        self.warn = warn
    }

    /// The path of the file.
    public var location: String { path }

    /// Reads the credential under a key, without waiting for writers.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: The credential, or nil when there is no file, no entry, or no access token in it.
    /// - Throws: ``CredentialStoreError`` with `corrupt`, `denied` or `unavailable`.
    public func read(_ key: String) throws(CredentialStoreError) -> Credential? {
        guard let document = try document() else { return nil }
        return try sensible { () throws(MalformedMember) in try layout.credential(for: key, in: document) }
    }

    /// Keeps a credential under a key; the file and its folder are made when they are not there.
    ///
    /// - Parameters:
    ///   - credential: What to keep; parts that the layout does not name are not kept.
    ///   - key: The issuer or profile.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before. `denied` also for a key that a layout of
    ///   one credential has no room for.
    public func write(_ credential: Credential, for key: String) throws(CredentialStoreError) {
        guard layout.path(of: key) != nil else { throw noRoom(for: key) }
        try update { document throws(CredentialStoreError) in
            try sensible { () throws(MalformedMember) in try layout.put(credential, for: key, into: &document) }
        }
    }

    /// Removes the credential under a key, and the file when nothing else is left in it.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False when there was no credential; the file is then as it was.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before.
    @discardableResult
    public func delete(_ key: String) throws(CredentialStoreError) -> Bool {
        guard try read(key) != nil else { return false }
        var wasThere = false
        try update { document throws(CredentialStoreError) in
            let credential = try sensible { () throws(MalformedMember) in
                try layout.credential(for: key, in: document)
            }
            wasThere = credential != nil
            if wasThere { layout.remove(key, from: &document) }
        }
        return wasThere
    }

    /// Lists the keys that hold a credential, in the order of the file.
    ///
    /// - Returns: The keys, each once.
    /// - Throws: ``CredentialStoreError``.
    public func list() throws(CredentialStoreError) -> [String] {
        guard let document = try document() else { return [] }
        return try sensible { () throws(MalformedMember) in
            var keys: [String] = []
            for key in try layout.keys(in: document) where try layout.credential(for: key, in: document) != nil {
                keys.append(key)
            }
            return keys
        }
    }

    /// The key that the file names as the one in use; nil when it names none, or the layout has no such pointer.
    public var current: String? {
        get throws(CredentialStoreError) {
            guard let name = layout.current, let value = try document()?.root[name] else { return nil }
            return value.text
        }
    }

    /// Names a key as the one in use, or none; does nothing for a layout that has no such pointer.
    ///
    /// - Parameter key: The key.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before.
    public func setCurrent(_ key: String?) throws(CredentialStoreError) {
        guard let name = layout.current else { return }
        try update { document throws(CredentialStoreError) in
            document.root[name] = key.map { .string($0) }
        }
    }

    private func noRoom(for key: String) -> CredentialStoreError {
        CredentialStoreError(
            .denied,
            message: "\(path) keeps one credential, and none for \(key)",
            hint: "use a file of another format for several credentials"
        )
    }
}
