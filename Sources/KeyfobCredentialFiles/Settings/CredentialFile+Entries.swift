public import KeyfobCredentials

extension CredentialFile {
    /// Lists the keys of all entries, those without a credential included, in the order of the file.
    ///
    /// - Returns: The keys, each once.
    /// - Throws: ``CredentialStoreError``.
    public func entries() throws(CredentialStoreError) -> [String] {
        guard let document = try document() else { return [] }
        return try sensible { () throws(MalformedMember) in try layout.keys(in: document) }
    }

    /// Removes an entry with all that is in it, its settings and its tokens kept apart included.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: False when there was none.
    /// - Throws: ``CredentialStoreError``; the file is then as it was.
    @discardableResult
    public func removeEntry(_ key: String) throws(CredentialStoreError) -> Bool {
        guard try entries().contains(key) else { return false }
        try update { document throws(CredentialStoreError) in
            if try isApart(key, in: document) { try keyring(for: key).delete(key) }
            layout.removeEntry(key, from: &document)
        }
        return true
    }

    /// Reads a setting of an entry, in whichever shape it is written.
    ///
    /// - Parameters:
    ///   - name: The setting, as the layout calls it.
    ///   - key: The issuer or profile.
    /// - Returns: The value; nil when there is none, or the layout knows no such setting.
    /// - Throws: ``CredentialStoreError``.
    public func setting(_ name: String, for key: String) throws(CredentialStoreError) -> DocumentValue? {
        guard let document = try document() else { return nil }
        return try sensible { () throws(MalformedMember) in
            guard let (place, entry) = try layout.entry(of: key, in: document) else { return nil }
            return try place.value({ $0.settings[name] }, in: entry)?.value
        }
    }

    /// Sets a setting of an entry in the shape that the entry has, and makes the entry when it is not there.
    ///
    /// - Parameters:
    ///   - name: The setting, as the layout calls it; one that the layout does not know is not kept.
    ///   - value: The value; nil removes it, and the tables that are empty then.
    ///   - key: The issuer or profile.
    /// - Throws: ``CredentialStoreError``; the file is then as it was.
    public func setSetting(
        _ name: String, to value: DocumentValue?, for key: String
    ) throws(CredentialStoreError) {
        try update { document throws(CredentialStoreError) in
            guard let place = layout.place(of: key, in: document) else { throw noRoom(for: key) }
            try sensible { () throws(MalformedMember) in
                var entry = try document.table(at: place.path) ?? DocumentTable()
                try place.set({ $0.settings[name] }, to: value, in: &entry)
                document.set(entry, at: place.path)
            }
            document.prune(place.path)
        }
    }
}
