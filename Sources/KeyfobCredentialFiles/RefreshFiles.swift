public import KeyfobCredentials

extension CredentialFile {
    /// Where the lock is under which a credential of this file is refreshed.
    ///
    /// It is beside the file itself, so that two paths to one file share it; for tokens that are kept apart it is in
    /// the shared folder, so that two files over one keyring do. It is not the lock that writes take: a credential can
    /// be written while it is held.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: The path for `CredentialLock`.
    /// - Throws: ``CredentialStoreError`` when the file can't be read or its symbolic link can't be followed.
    public func refreshLockPath(for key: String) throws(CredentialStoreError) -> String {
        try refreshPath(for: key, ending: "lock")
    }

    /// Where the journal of a credential's refresh is.
    ///
    /// - Parameter key: The issuer or profile.
    /// - Returns: The path for `RefreshJournal`.
    /// - Throws: ``CredentialStoreError`` when the file can't be read or its symbolic link can't be followed.
    public func refreshJournalPath(for key: String) throws(CredentialStoreError) -> String {
        try refreshPath(for: key, ending: "journal")
    }

    private func refreshPath(for key: String, ending: String) throws(CredentialStoreError) -> String {
        if let secrets, try keepsSecretsApart(for: key) {
            return "\(secrets.sharedLockFolder)/refresh-\(Self.fileName(for: secrets.secretKey(for: key))).\(ending)"
        }
        let target = try FilePath.destination(of: path)
        let name = ".\(FilePath.name(of: target)).refresh-\(Self.fileName(for: key)).\(ending)"
        return FilePath.sibling(of: target, named: name)
    }

    /// Spells a key so that it can be part of a file's name: readable, then a fingerprint that tells alike keys apart.
    static func fileName(for key: String) -> String {
        let readable = key.utf8.prefix(80).map { byte in
            isPlain(byte) ? Character(Unicode.Scalar(byte)) : "_"
        }
        return String(readable) + "-" + String(fingerprint(of: key), radix: 16)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }

    // FNV-1a of 64 bits: the same in every process and version, unlike Swift's own hashes.
    private static func fingerprint(of key: String) -> UInt64 {
        key.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
