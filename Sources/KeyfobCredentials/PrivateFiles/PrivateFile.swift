#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Small files of mode 0600 that are replaced as a whole or not at all.
package enum PrivateFile {
    /// Replaces a file's contents at once: readers see all of the old or all of the new, also after a power loss.
    ///
    /// The new contents go to a temporary file in the same folder, then to the disk, then under the file's name. The
    /// temporary file's name is fixed, so that one left by a killed process is reused and no copy of a token lies
    /// around; therefore the caller must hold the lock that belongs to the file.
    ///
    /// - Parameters:
    ///   - path: The file, which may not exist yet; its folder must. No symbolic link.
    ///   - bytes: The new contents.
    /// - Throws: ``CredentialStoreError``; the old contents are then still there.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(CredentialStoreError) {
        let temporary = temporaryPath(for: path)
        unlink(temporary)
        do throws(CredentialStoreError) {
            let file = try OpenFile.writing(temporary, mustBeNew: true)
            guard file.setPermissions(0o600) else {
                throw CredentialStoreError(SystemFailure(), cannot: "protect", temporary)
            }
            try file.writeDurably(bytes)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = SystemFailure()
            unlink(temporary)
            throw CredentialStoreError(failure, cannot: "replace", path)
        }
        try PrivateFolder.sync(FilePath.folder(of: path))
    }

    /// Removes a file, and is content when there is none.
    ///
    /// - Parameter path: The file; of a symbolic link only the link.
    /// - Throws: ``CredentialStoreError``.
    package static func remove(_ path: String) throws(CredentialStoreError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw CredentialStoreError(SystemFailure(), cannot: "remove", path)
        }
        try PrivateFolder.sync(FilePath.folder(of: path))
    }

    static func temporaryPath(for path: String) -> String {
        FilePath.sibling(of: path, named: ".\(FilePath.name(of: path)).tmp")
    }
}
