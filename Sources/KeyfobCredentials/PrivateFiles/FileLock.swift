import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock on a file by flock(2), which the kernel frees when its holder dies, however it dies.
///
/// It excludes other processes and other holders in this process alike. No child process inherits it.
package final class FileLock: Sendable {
    private let descriptor: Mutex<Int32>

    private init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// Frees the lock; doing so again changes nothing.
    package func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            close(descriptor)
            descriptor = -1
        }
    }

    /// Takes the lock if nobody holds it.
    ///
    /// - Parameter path: The lock file, made with mode 0600 when it is not there; its folder must be. It is never
    ///   removed, since two processes could then hold two files of the same name.
    /// - Returns: The lock, or nil when somebody else holds it.
    /// - Throws: ``CredentialStoreError`` when there can't be a lock.
    package static func attempt(_ path: String) throws(CredentialStoreError) -> FileLock? {
        while true {
            let file = try OpenFile.writing(path, mustBeNew: false)
            let status = try file.status()
            guard status.isRegular, status.isMine else { throw foreign(path) }
            if status.permissions != 0o600 { _ = file.setPermissions(0o600) }
            guard OpenFile.retrying({ flock(file.descriptor, LOCK_EX | LOCK_NB) }) == 0 else {
                if errno == EWOULDBLOCK { return nil }
                throw CredentialStoreError(SystemFailure(), cannot: "lock", path)
            }
            // Somebody may have removed the file while we waited for it; then the name stands for another lock.
            guard let named = try OpenFile.reading(path), try named.status().identity == status.identity else {
                continue
            }
            return try FileLock(descriptor: duplicate(file, path))
        }
    }

    /// Takes a lock that is held for moments only, and blocks the thread until then.
    ///
    /// - Parameter path: The lock file.
    /// - Returns: The lock.
    /// - Throws: ``CredentialStoreError`` with `locked` after about ten seconds.
    package static func wait(_ path: String) throws(CredentialStoreError) -> FileLock {
        for _ in 0..<5_000 {
            if let lock = try attempt(path) { return lock }
            usleep(2_000)
        }
        throw .lockIsHeld(path)
    }

    // The lock belongs to the open file, which both descriptors share: it stays when the first one closes.
    private static func duplicate(_ file: borrowing OpenFile, _ path: String) throws(CredentialStoreError) -> Int32 {
        let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { throw CredentialStoreError(SystemFailure(), cannot: "lock", path) }
        return descriptor
    }

    private static func foreign(_ path: String) -> CredentialStoreError {
        CredentialStoreError(
            .denied,
            message: "the lock file \(path) is not a file of yours",
            hint: "remove it, or run the command as its owner"
        )
    }
}

extension CredentialStoreError {
    /// The error for a lock that did not become free in time.
    static func lockIsHeld(_ path: String) -> CredentialStoreError {
        CredentialStoreError(
            .locked,
            message: "another process holds \(path)",
            hint: "wait until the other command has finished, or end it, then try again"
        )
    }
}
