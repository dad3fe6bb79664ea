public import KeyfobCredentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension CredentialFile {
    /// Moves a corrupt file out of the way, so that a login can start clean and nothing is lost.
    ///
    /// The file becomes `<name>.corrupt-<n>` in its own folder, with mode 0600. When the file can be read and
    /// only some credentials in it make no sense, the copy keeps all, and the file loses those credentials only.
    ///
    /// - Returns: The path of what was set aside; nil when the file is not there or not corrupt, since another process
    ///   may have mended it in the meantime.
    /// - Throws: ``CredentialStoreError`` with `denied` for another user's file, or when it can't be moved.
    @discardableResult
    public func setAside() throws(CredentialStoreError) -> String? {
        try locked { target throws(CredentialStoreError) in
            do throws(CredentialStoreError) {
                guard var document = try document(at: target) else { return nil }
                guard layout.removeMalformed(from: &document) else { return nil }
                return try separate(target, from: document)
            } catch {
                guard error.code == .corrupt else { throw error }
                return try move(target)
            }
        }
    }

    private func move(_ target: String) throws(CredentialStoreError) -> String {
        let aside = freePath(beside: target)
        guard rename(target, aside) == 0 else {
            throw CredentialStoreError(SystemFailure(), cannot: "set aside", target)
        }
        try PrivateFolder.sync(FilePath.folder(of: aside))
        return aside
    }

    private func separate(_ target: String, from rest: DocumentTable) throws(CredentialStoreError) -> String? {
        guard let bytes = try bytes(at: target) else { return nil }
        let text = try rendered(rest, over: bytes)
        let aside = freePath(beside: target)
        try PrivateFile.replace(aside, with: bytes)
        try PrivateFile.replace(target, with: Array(text.utf8))
        return aside
    }

    // The lock is held, so that nobody else takes the name.
    private func freePath(beside target: String) -> String {
        var number = 1
        var status = stat()
        while lstat("\(target).corrupt-\(number)", &status) == 0 { number += 1 }
        return "\(target).corrupt-\(number)"
    }
}
