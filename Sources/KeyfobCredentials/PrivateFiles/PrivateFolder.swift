#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Folders that only their owner can enter.
package enum PrivateFolder {
    /// Makes a folder and what is missing above it, each with mode 0700 whatever the umask; existing ones stay.
    ///
    /// - Parameter path: The folder.
    /// - Throws: ``CredentialStoreError`` when it is not there afterwards.
    package static func create(_ path: String) throws(CredentialStoreError) {
        if isFolder(path) { return }
        if mkdir(path, 0o700) != 0 {
            if errno == ENOENT, FilePath.folder(of: path) != path {
                try create(FilePath.folder(of: path))
                return try create(path)
            }
            // Another process may have made it in the meantime.
            if errno == EEXIST, isFolder(path) { return }
            throw CredentialStoreError(SystemFailure(), cannot: "create the folder", path)
        }
        // A umask such as 0777 would have left us outside our own folder.
        guard chmod(path, 0o700) == 0 else {
            throw CredentialStoreError(SystemFailure(), cannot: "create the folder", path)
        }
    }

    /// Waits until the disk knows the folder's entries, so that a rename survives a power loss.
    ///
    /// - Parameter path: The folder.
    /// - Throws: ``CredentialStoreError`` with `unavailable` when the disk reports an error.
    package static func sync(_ path: String) throws(CredentialStoreError) {
        let descriptor = OpenFile.retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        // A folder that may be written but not read can't be synced; the rename has happened all the same.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if OpenFile.retrying({ fsync(descriptor) }) != 0, errno != EINVAL, errno != ENOTSUP {
            throw CredentialStoreError(SystemFailure(), cannot: "write", path)
        }
    }

    /// Takes a folder's permissions for group and others away.
    ///
    /// Left alone: a folder of somebody else, and one with the sticky bit, which is shared on purpose (`/tmp`).
    ///
    /// - Parameter path: The folder.
    /// - Returns: The mode that was found, when it had to be changed and was.
    package static func tighten(_ path: String) -> UInt32? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_uid == geteuid(), status.st_mode & S_ISVTX == 0 else { return nil }
        guard status.st_mode & 0o077 != 0, chmod(path, status.st_mode & 0o700) == 0 else { return nil }
        return UInt32(status.st_mode & 0o777)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
