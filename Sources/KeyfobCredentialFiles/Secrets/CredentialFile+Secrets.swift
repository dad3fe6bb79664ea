public import KeyfobCredentials

extension CredentialFile {
    /// Keeps a credential under a key and says where its tokens go.
    ///
    /// Tokens that move leave nothing behind where they were. When the keyring fails, its error is thrown, the file is
    /// as it was, and the caller still holds the credential: nothing is written into the file instead.
    ///
    /// - Parameters:
    ///   - credential: What to keep.
    ///   - key: The issuer or profile.
    ///   - keepingSecretsApart: Whether the tokens go to the keyring, and all else to the file.
    /// - Throws: ``CredentialStoreError``, that of the keyring included; `denied` where the layout can't say that
    ///   tokens are elsewhere, `unavailable` where there is no keyring.
    public func write(
        _ credential: Credential, for key: String, keepingSecretsApart: Bool
    ) throws(CredentialStoreError) {
        try put(credential, for: key, apart: keepingSecretsApart)
    }

    /// Whether the tokens of a key are kept apart.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False also when there is no such entry.
    /// - Throws: ``CredentialStoreError``.
    public func keepsSecretsApart(for key: String) throws(CredentialStoreError) -> Bool {
        guard let document = try document() else { return false }
        return try isApart(key, in: document)
    }

    /// Removes a credential from the file alone, for when the keyring that holds its tokens can't be reached.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False when there was no credential.
    /// - Throws: ``CredentialStoreError``; the file is then as it was before.
    @discardableResult
    public func forget(_ key: String) throws(CredentialStoreError) -> Bool {
        try remove(key, alsoApart: false)
    }

    func put(_ credential: Credential, for key: String, apart wish: Bool?) throws(CredentialStoreError) {
        guard layout.place(of: key, in: DocumentTable()) != nil else { throw noRoom(for: key) }
        var wasApart = false
        var isApart = false
        do throws(CredentialStoreError) {
            try update { document throws(CredentialStoreError) in
                wasApart = try self.isApart(key, in: document)
                let apart = wish ?? wasApart
                let keyring = apart ? try keyring(for: key) : nil
                try sensible { () throws(MalformedMember) in
                    try layout.put(credential, for: key, apart: apart, into: &document)
                }
                try keyring?.write(CredentialTokens(credential), for: key)
                isApart = apart
            }
        } catch {
            // A secret that no file speaks of would never be found again.
            if isApart, !wasApart { try? secrets?.delete(key) }
            throw error
        }
        if wasApart, !isApart { dropSecret(of: key) }
    }

    func remove(_ key: String, alsoApart: Bool) throws(CredentialStoreError) -> Bool {
        guard let before = try document(), try holdsCredential(key, in: before) else { return false }
        var wasThere = false
        try update { document throws(CredentialStoreError) in
            wasThere = try holdsCredential(key, in: document)
            guard wasThere else { return }
            if alsoApart, try isApart(key, in: document) { try keyring(for: key).delete(key) }
            layout.remove(key, from: &document)
        }
        return wasThere
    }

    func credential(_ key: String, in document: DocumentTable) throws(CredentialStoreError) -> Credential? {
        guard try isApart(key, in: document) else {
            return try sensible { () throws(MalformedMember) in try layout.credential(for: key, in: document) }
        }
        guard let tokens = try keyring(for: key).read(key) else { return nil }
        return try sensible { () throws(MalformedMember) in
            try layout.credential(for: key, of: tokens, in: document)
        }
    }

    func isApart(_ key: String, in document: DocumentTable) throws(CredentialStoreError) -> Bool {
        try sensible { () throws(MalformedMember) in try layout.isApart(key, in: document) }
    }

    func keyring(for key: String) throws(CredentialStoreError) -> SecretsApart {
        guard layout.names.store != nil else {
            throw CredentialStoreError(
                .denied,
                message: "\(path) has no room to say that its token is in a keyring",
                hint: "sign in without a keyring"
            )
        }
        guard let secrets else {
            throw CredentialStoreError(
                .unavailable,
                message: "\(path) says that the token of \(key) is in a keyring, and there is none here",
                hint: "sign in again without a keyring"
            )
        }
        return secrets
    }

    private func holdsCredential(_ key: String, in document: DocumentTable) throws(CredentialStoreError) -> Bool {
        try sensible { () throws(MalformedMember) in try layout.holdsCredential(key, in: document) }
    }

    private func dropSecret(of key: String) {
        do throws(CredentialStoreError) {
            try secrets?.delete(key)
        } catch {
            warn("the token of before is still in \(secrets?.store.location ?? "the keyring"): \(error.message)")
        }
    }
}
