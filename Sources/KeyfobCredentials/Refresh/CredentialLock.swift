/// The lock under which one credential is refreshed, across processes and tasks.
///
/// It is a lock file of mode 0600 beside the credential, held by flock(2): the kernel frees it when the process ends,
/// also by kill -9, and no child process inherits it. Its scope must be exactly the credential's.
public final class CredentialLock: Sendable {
    private let lock: FileLock

    private init(_ lock: FileLock) {
        self.lock = lock
    }

    /// Takes the lock, waiting for whoever holds it.
    ///
    /// Keep the lock in a variable and call ``release()`` when done: it is also freed with the last reference, which
    /// may be earlier than the end of the scope.
    ///
    /// - Parameters:
    ///   - path: The lock file; it and its folder are made when they are not there, and the file stays afterwards.
    ///   - clock: What to wait by.
    ///   - limit: How long to wait at most; zero tries once.
    /// - Returns: The lock, held.
    /// - Throws: ``CredentialStoreError`` with `locked` when the time is over, `denied` or `unavailable` when there
    ///   can't be a lock; `CancellationError` when the task is cancelled.
    public static func acquire(
        at path: String,
        waiting clock: some Clock<Duration>,
        for limit: Duration
    ) async throws -> CredentialLock {
        try PrivateFolder.create(FilePath.folder(of: path))
        let deadline = clock.now.advanced(by: limit)
        var pause = Duration.milliseconds(2)
        while true {
            try Task.checkCancellation()
            if let lock = try FileLock.attempt(path) { return CredentialLock(lock) }
            let remaining = clock.now.duration(to: deadline)
            guard remaining > .zero else { throw CredentialStoreError.lockIsHeld(path) }
            try await clock.sleep(for: min(pause, remaining))
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// Frees the lock; doing so again changes nothing.
    public func release() {
        lock.release()
    }
}
